/**
 * {@code ./vigil audit}: the trail checked without trusting the server, and what an auditor takes
 * from it.
 *
 * <p>Owns nothing. May use {@code org.vigil.cli}, {@code org.vigil.cli.server}, {@code
 * org.vigil.cli.client} and the audit module's chain ({@code org.vigil.audit.domain}).
 */
package org.vigil.cli.audit;
