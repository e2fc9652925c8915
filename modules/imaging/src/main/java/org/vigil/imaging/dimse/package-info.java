/** The DICOM port: C-ECHO and C-STORE as SCP, called AE title = tenant. */
package org.vigil.imaging.dimse;
