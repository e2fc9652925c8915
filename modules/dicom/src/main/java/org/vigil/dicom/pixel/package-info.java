/**
 * Images: {@link org.vigil.dicom.pixel.PixelDecoder} turns pixel data of every supported transfer
 * syntax into stored values, {@link org.vigil.dicom.pixel.FrameRenderer} turns those into what is
 * looked at or fed to a model. Depends on {@code data}, the JDK's image I/O and the two codecs.
 */
package org.vigil.dicom.pixel;
