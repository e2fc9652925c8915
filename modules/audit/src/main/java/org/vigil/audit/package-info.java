/**
 * The audit trail: observes {@link org.vigil.kernel.AuditEvent} and writes it in the transaction of
 * what it records. Nobody calls it to write.
 *
 * <p>Owns the tenant table {@code audit_event}. May use kernel, tenancy.api.
 */
package org.vigil.audit;
