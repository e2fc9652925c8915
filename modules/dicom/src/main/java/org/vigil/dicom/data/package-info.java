/**
 * Data sets and what they are made of: {@link org.vigil.dicom.data.Attributes}, tags, value
 * representations, character sets, UIDs, and the errors of the whole toolkit. Depends on the JDK
 * only.
 */
package org.vigil.dicom.data;
