/** What other modules may use of tenancy. */
package org.vigil.tenancy.api;
