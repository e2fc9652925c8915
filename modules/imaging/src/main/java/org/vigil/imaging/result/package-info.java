/**
 * The DICOM objects that Vigil makes: the report (Comprehensive 3D SR, TID 1500) and the heat-map
 * secondary capture. Written strictly; everything in them derives from the analysis and its image,
 * so making one again gives the same bytes.
 */
package org.vigil.imaging.result;
