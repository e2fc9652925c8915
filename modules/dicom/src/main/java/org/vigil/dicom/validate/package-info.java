/** Checks objects against the data dictionary, value representations and information objects. */
package org.vigil.dicom.validate;
