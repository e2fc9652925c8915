/**
 * JPEG-LS (ITU-T T.87 | ISO/IEC 14495-1), lossless and near-lossless: no library on Maven Central
 * has it. Plain Java, from the standard; checked against dcmtk, GDCM and CharLS-made images.
 *
 * <p>Not implemented, and refused with a message: mapping tables (LSE 2 and 3), images whose height
 * follows in a DNL marker, and sub-sampled components. None of them occurs in DICOM (PS3.5 §8.2.3).
 */
package org.vigil.dicom.pixel.jpegls;
