/** EJB start-up of imaging: opens the DICOM port once the schemas are migrated. */
package org.vigil.imaging.startup;
