/**
 * De-identification of objects by the Basic Application Level Confidentiality Profile and its
 * options (PS3.15 annex E), with pseudonyms, dates and UIDs that stay consistent under one key.
 */
package org.vigil.dicom.deidentify;
