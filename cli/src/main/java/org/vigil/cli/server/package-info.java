/**
 * Starts, stops and watches one Vigil installation: its home directory, secrets and certificates,
 * the embedded PostgreSQL and WildFly, without root rights.
 *
 * <p>Owns the directory {@code $VIGIL_HOME} except what the server itself writes ({@code
 * storage/}), and the choice of ports: HTTPS 8443, DICOM 11112, MLLP 2575, management 9990 and
 * PostgreSQL 5433 (the last two on loopback only). May use {@code org.vigil.cli}.
 */
package org.vigil.cli.server;
