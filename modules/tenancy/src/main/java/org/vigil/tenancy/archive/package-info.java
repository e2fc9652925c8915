/**
 * A hospital as one encrypted file: how it is written, read and put back (ADR 0011).
 *
 * <p>Inside the encryption it is a ZIP: {@code tables/} and {@code platform/} hold the text of
 * {@code COPY}, {@code files/} the objects as DICOM Part 10, and {@code manifest.json}, the last
 * entry, says how many rows and bytes each has and their SHA-256.
 */
package org.vigil.tenancy.archive;
