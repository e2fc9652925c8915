/** Readiness of the DICOM port and of the storage. */
package org.vigil.imaging.health;
