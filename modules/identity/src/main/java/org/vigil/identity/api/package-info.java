/** What other modules may use of identity. */
package org.vigil.identity.api;
