/**
 * Commands around DICOM files and peers: look into an object, make one from a picture, echo, store.
 *
 * <p>Owns nothing. May use {@code org.vigil.cli}, {@code org.vigil.cli.server} (to find the
 * installation's port) and the module dicom.
 */
package org.vigil.cli.dicom;
