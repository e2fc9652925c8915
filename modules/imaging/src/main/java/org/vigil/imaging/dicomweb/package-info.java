/** DICOMweb (PS3.18) without HTTP: DICOM JSON, frames, rendered pictures and their audit. */
package org.vigil.imaging.dicomweb;
