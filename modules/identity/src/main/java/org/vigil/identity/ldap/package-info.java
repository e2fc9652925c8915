/** Hospitals' LDAP directories (RFC 4511), asked through Elytron's LDAP realm over TLS. */
package org.vigil.identity.ldap;
