/** Results as DICOM objects: asks imaging to make and send them. */
package org.vigil.integration.dicom;
