/**
 * Who asks: local accounts, second factors, sessions, service accounts, OpenID providers, LDAP
 * directories, emergency access and access reviews. What a role may do is in {@code
 * tenancy.api.RoleTable}; tokens and cookies are the web's.
 *
 * <p>Owns the platform tables {@code user_account}, {@code role_grant}, {@code recovery_code},
 * {@code login_policy}, {@code login_session}, {@code service_account}, {@code identity_provider},
 * {@code ldap_directory}, {@code permission_use}, and the tenant's {@code break_glass}. May use
 * kernel and tenancy.
 */
package org.vigil.identity;
