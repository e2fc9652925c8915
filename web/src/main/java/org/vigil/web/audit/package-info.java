/** Reads that are written to the audit trail in the transaction in which they read. */
package org.vigil.web.audit;
