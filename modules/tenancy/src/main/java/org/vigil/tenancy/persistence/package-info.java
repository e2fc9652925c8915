/**
 * Platform entities, and how Hibernate reaches a tenant's schema: the connection takes the tenant's
 * PostgreSQL role, whose {@code search_path} is its own schema.
 */
package org.vigil.tenancy.persistence;
