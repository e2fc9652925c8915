/**
 * Tenants: hospitals, their schemas and endpoints; what each role may do; and the one way in which
 * any module reaches a tenant's rows.
 *
 * <p>Owns the platform tables {@code tenant}, {@code destination}, each tenant's {@code
 * tenant_ai_feature}, {@code ai_feature_audit_log} and {@code consent}, and the persistence unit
 * {@code vigil}. May use kernel.
 */
package org.vigil.tenancy;
