/**
 * Vigil's DICOM toolkit: data sets, Part 10 files, pixel codecs, the upper layer and DIMSE, written
 * from the standard (PS3.3, 3.5, 3.6, 3.7, 3.8, 3.10, 3.18) in dcm4che's well-known vocabulary.
 *
 * <p>Start here: {@link org.vigil.dicom.io.DicomReader} and {@link org.vigil.dicom.io.DicomWriter}
 * for files, {@code org.vigil.dicom.net.DicomServer} and {@code StorageScu} for the network, {@code
 * org.vigil.dicom.pixel.PixelDecoder} for images.
 *
 * <p>Owns no tables, queues or ports: whoever starts a listener chooses its port. May depend on
 * slf4j, Jackson's parser and the image codecs (TwelveMonkeys JPEG, jai-imageio JPEG 2000) and on
 * nothing else: no Jakarta EE, no other module of the house.
 */
package org.vigil.dicom;
