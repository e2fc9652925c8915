/**
 * Commands that talk to a running server as its clients do: REST with a token signed by the
 * installation's own key, and HL7 v2 over MLLP.
 *
 * <p>Owns nothing. May use {@code org.vigil.cli} and {@code org.vigil.cli.server} (to find the
 * installation's ports, certificate and key).
 */
package org.vigil.cli.client;
