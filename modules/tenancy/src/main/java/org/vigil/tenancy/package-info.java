/**
 * Tenants: hospitals, their schemas, endpoints, accounts and roles; and the one way in which any
 * module reaches a tenant's rows.
 *
 * <p>Owns the platform tables {@code tenant}, {@code endpoint}, {@code user_account}, {@code
 * role_grant}, {@code destination}, each tenant's {@code tenant_ai_feature}, {@code
 * ai_feature_audit_log} and {@code consent}, and the persistence unit {@code vigil}. May use
 * kernel.
 */
package org.vigil.tenancy;
