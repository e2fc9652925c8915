/** DICOMweb over HTTP (PS3.18): QIDO-RS and WADO-RS under {@code /dicomweb}. */
package org.vigil.web.dicomweb;
