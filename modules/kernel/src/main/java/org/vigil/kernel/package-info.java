/**
 * What every module speaks: identifiers of the field, error codes, coded concepts, priorities and
 * the audit event; and how a peer that is down is treated (circuit, back-off).
 *
 * <p>Owns no tables, queues or ports. Depends on the JDK alone: no Jakarta EE, no JPA (held by
 * ArchUnit).
 */
package org.vigil.kernel;
