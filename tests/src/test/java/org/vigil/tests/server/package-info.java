/**
 * The harness of system, peer and browser tests: one Vigil for the whole run, started when the
 * first test asks for it and stopped at the end, and a hospital of its own for each test class,
 * with the systems around it.
 *
 * <p>A test begins with {@link org.vigil.tests.server.TestHospital#open}; it waits with {@link
 * org.vigil.tests.server.Patience}, never by sleeping. Ports are free ones, the home lies under
 * {@code target}.
 */
package org.vigil.tests.server;
