/**
 * Images: intake by C-STORE, storage, study completeness, DICOMweb, and the result objects (SR,
 * secondary capture) that Vigil writes beside them.
 *
 * <p>Owns the tenant tables {@code study}, {@code series}, {@code instance} and the DICOM port
 * (called AE title = tenant). May use kernel, dicom, tenancy.api.
 */
package org.vigil.imaging;
