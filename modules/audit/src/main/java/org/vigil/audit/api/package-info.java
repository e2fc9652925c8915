/** What other modules may use of audit. */
package org.vigil.audit.api;
