package org.vigil.phantom;

/**
 * What was drawn into an image.
 *
 * @param finding what
 * @param side on which side of the patient
 * @param box the smallest rectangle of image pixels that holds the whole abnormality
 * @param sizeMm its size as {@link Finding} defines it, in millimetres in the detector plane
 * @param volumeMl its volume in millilitres, from the drawn thickness
 * @param mask where it is
 */
public record GroundTruth(
    Finding finding, Side side, PixelBox box, double sizeMm, double volumeMl, Mask mask) {}
