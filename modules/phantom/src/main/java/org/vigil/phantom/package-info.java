/**
 * Synthetic radiographs with known truth, for the demo, tests, training and benchmarks.
 *
 * <p>{@link org.vigil.phantom.ChestPhantom} draws a frontal chest film from a {@link
 * org.vigil.phantom.PhantomSpec}; the same specification gives the same pixels, bit for bit, on
 * every machine. {@link org.vigil.phantom.GroundTruth} says what was drawn, where and how large.
 * {@link org.vigil.phantom.DxObject} turns a drawn or imported image into a DICOM Digital X-Ray
 * object (PS3.3 A.26), {@link org.vigil.phantom.PhantomNight} into the studies of one night.
 *
 * <p>Nothing here is a picture of a person. Owns no tables, queues or ports. May depend on {@code
 * vigil-dicom} and the JDK only.
 */
package org.vigil.phantom;
