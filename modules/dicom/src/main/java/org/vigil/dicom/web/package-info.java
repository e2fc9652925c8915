/** Payloads of DICOMweb (PS3.18 §8). */
package org.vigil.dicom.web;
