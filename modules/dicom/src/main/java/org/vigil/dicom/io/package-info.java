/**
 * Data sets as bytes: Part 10 files, bare data sets in every uncompressed transfer syntax, and the
 * DICOM JSON model. Tolerant in what is read, strict in what is written. Depends on {@code data}.
 */
package org.vigil.dicom.io;
