/**
 * JPEG with Huffman coding (ITU-T T.81 | ISO/IEC 10918-1): lossless with every predictor, and with
 * a discrete cosine transform, baseline, extended sequential and progressive, 8 and 12 bits. The
 * libraries on Maven Central decode a DCT of 8 bits; this package takes what they leave: 12 bits
 * (PS3.5 §8.2.1, process 4), lossless colours of 16 bits, quantization tables of 16 bits.
 * Arithmetic coding, hierarchical images and DNL markers are refused.
 */
package org.vigil.dicom.pixel.jpeg;
