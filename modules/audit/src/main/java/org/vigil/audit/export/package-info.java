/** The trail in the forms that others read: FHIR, DICOM audit messages, CSV, PDF. */
package org.vigil.audit.export;
