package org.vigil.imaging.pacs;

import java.util.List;
import org.vigil.dicom.data.UID;

/** What Vigil offers to take by C-GET, whose requestor must name every SOP class beforehand. */
final class RetrievableClasses {
  static final List<String> STORAGE =
      List.of(
          UID.ComputedRadiographyImageStorage,
          "1.2.840.10008.5.1.4.1.1.1.1",
          "1.2.840.10008.5.1.4.1.1.1.2",
          "1.2.840.10008.5.1.4.1.1.1.3",
          UID.CTImageStorage,
          UID.EnhancedCTImageStorage,
          UID.MRImageStorage,
          UID.EnhancedMRImageStorage,
          UID.UltrasoundImageStorage,
          UID.UltrasoundMultiframeImageStorage,
          UID.SecondaryCaptureImageStorage,
          UID.XRayAngiographicImageStorage,
          UID.XRayRadiofluoroscopicImageStorage,
          UID.BreastTomosynthesisImageStorage,
          UID.NuclearMedicineImageStorage,
          UID.PositronEmissionTomographyImageStorage,
          UID.SegmentationStorage,
          UID.BasicTextSRStorage,
          UID.EnhancedSRStorage,
          UID.ComprehensiveSRStorage,
          UID.Comprehensive3DSRStorage,
          UID.KeyObjectSelectionDocumentStorage,
          UID.XRayRadiationDoseSRStorage,
          UID.EncapsulatedPDFStorage);

  /** In the order of preference; a provider takes one of them for each SOP class. */
  static final List<String> TRANSFER_SYNTAXES =
      List.of(
          UID.ExplicitVRLittleEndian,
          UID.ImplicitVRLittleEndian,
          UID.JPEGLosslessSV1,
          UID.JPEG2000Lossless,
          UID.JPEGLSLossless,
          UID.RLELossless,
          UID.JPEG2000,
          UID.JPEGBaseline8Bit);

  private RetrievableClasses() {}
}
