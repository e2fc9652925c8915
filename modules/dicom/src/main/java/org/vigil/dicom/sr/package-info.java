/**
 * Content trees of structured reports (PS3.3 §C.17.3): {@link org.vigil.dicom.sr.ContentItem}
 * builds and reads them, {@link org.vigil.dicom.sr.Code} names concepts. Which items a report must
 * have is its template's matter (PS3.16) and that of who writes it. Depends on {@code data}.
 */
package org.vigil.dicom.sr;
