package org.vigil.dicom.pixel.jpeg;

/**
 * A decoded image; its components mean what Photometric Interpretation says.
 *
 * @param rows its height
 * @param columns its width
 * @param components samples of a pixel
 * @param precision bits of a sample, 8 or 12; 2 to 16 of a lossless image
 * @param samples row by row, the samples of a pixel side by side, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record JpegImage(int rows, int columns, int components, int precision, int[] samples) {}
