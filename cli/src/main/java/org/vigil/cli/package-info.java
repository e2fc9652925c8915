/**
 * What {@code ./vigil} runs: the list of commands, and what they share (exit codes, errors, the
 * client of Vigil's REST interface).
 *
 * <p>Owns no tables and no queues. May use kernel, dicom and phantom; talks to the server only
 * through its public protocols, as any other client would.
 */
package org.vigil.cli;
