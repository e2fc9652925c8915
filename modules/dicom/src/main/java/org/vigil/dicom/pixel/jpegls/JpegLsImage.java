package org.vigil.dicom.pixel.jpegls;

/**
 * A decoded image.
 *
 * @param rows its height
 * @param columns its width
 * @param components samples of a pixel
 * @param precision bits of a sample, 2 to 16
 * @param samples row by row, the samples of a pixel side by side, unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record JpegLsImage(int rows, int columns, int components, int precision, int[] samples) {}
