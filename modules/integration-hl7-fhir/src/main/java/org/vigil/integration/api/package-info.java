/** What other modules may use of integration. */
package org.vigil.integration.api;
