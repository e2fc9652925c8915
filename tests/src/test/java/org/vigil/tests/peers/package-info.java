/**
 * Vigil before peers that others have written: dcmtk as sender, dicom3tools and dcmtk as judges of
 * what it sends.
 */
package org.vigil.tests.peers;
