/**
 * What workstations and other archives ask for by C-FIND, C-MOVE and C-GET (PS3.4 annex C), over
 * the index that DICOMweb searches too; the associations are {@code dimse}'s.
 */
package org.vigil.imaging.query;
