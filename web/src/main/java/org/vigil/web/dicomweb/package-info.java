/** DICOMweb over HTTP (PS3.18): QIDO-RS, WADO-RS, STOW-RS and UPS-RS under {@code /dicomweb}. */
package org.vigil.web.dicomweb;
