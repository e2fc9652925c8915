package org.vigil.imaging.api;

/**
 * One decoded frame: stored values after decompression, before any LUT.
 *
 * @param samples stored values in row-major order, rows × columns × samplesPerPixel (interleaved),
 *     sign-extended when the representation is signed
 * @param photometricInterpretation after decoding, e.g. MONOCHROME1, MONOCHROME2, RGB
 * @param rescaleSlope modality LUT slope, 1 when absent
 * @param rescaleIntercept modality LUT intercept, 0 when absent
 * @param windowCenter of the first window, or NaN
 * @param windowWidth of the first window, or NaN
 * @param pixelSpacingRow mm between rows, or NaN
 * @param pixelSpacingColumn mm between columns, or NaN
 */
public record ImageFrame(
    int rows,
    int columns,
    int samplesPerPixel,
    int bitsStored,
    boolean signed,
    String photometricInterpretation,
    int[] samples,
    double rescaleSlope,
    double rescaleIntercept,
    double windowCenter,
    double windowWidth,
    double pixelSpacingRow,
    double pixelSpacingColumn) {}
