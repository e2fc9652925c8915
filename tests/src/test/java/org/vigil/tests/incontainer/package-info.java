/**
 * Tests that run inside the server, on the built EAR and the configuration that {@code
 * wildfly-config} makes: XA transactions, priorities, tenancy and audit as the container keeps
 * them. Each class makes hospitals of its own and looks at effects: rows as the schemas' owner sees
 * them, messages as the broker counts them.
 */
package org.vigil.tests.incontainer;
