package org.vigil.dicom.pixel.jpeg;

/**
 * A decoded image; its components mean what Photometric Interpretation says.
 *
 * @param rows its height
 * @param columns its width
 * @param components samples of a pixel
 * @param precision bits of a sample, 8 or 12
 * @param samples row by row, the samples of a pixel side by side, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record JpegDctImage(int rows, int columns, int components, int precision, int[] samples) {}
