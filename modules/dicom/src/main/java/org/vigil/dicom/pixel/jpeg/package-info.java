/**
 * JPEG with a discrete cosine transform and Huffman coding (ITU-T T.81 | ISO/IEC 10918-1):
 * baseline, extended sequential and progressive, 8 and 12 bits. The libraries on Maven Central
 * decode 8 bits only; this package takes what they leave: 12 bits (PS3.5 §8.2.1, process 4) and the
 * retired progressive syntaxes. Arithmetic coding, hierarchical images and DNL markers are refused.
 */
package org.vigil.dicom.pixel.jpeg;
