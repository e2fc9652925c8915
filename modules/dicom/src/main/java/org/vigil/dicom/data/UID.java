package org.vigil.dicom.data;

/** Well-known UIDs (PS3.6 annex A): the transfer syntaxes and SOP classes this house names. */
public final class UID {

  /** Transfer syntax Implicit VR Little Endian. */
  public static final String ImplicitVRLittleEndian = "1.2.840.10008.1.2";

  /** Transfer syntax Explicit VR Little Endian. */
  public static final String ExplicitVRLittleEndian = "1.2.840.10008.1.2.1";

  /** Transfer syntax Encapsulated Uncompressed Explicit VR Little Endian. */
  public static final String EncapsulatedUncompressedExplicitVRLittleEndian =
      "1.2.840.10008.1.2.1.98";

  /** Transfer syntax Deflated Explicit VR Little Endian. */
  public static final String DeflatedExplicitVRLittleEndian = "1.2.840.10008.1.2.1.99";

  /** Transfer syntax Explicit VR Big Endian (retired). */
  public static final String ExplicitVRBigEndian = "1.2.840.10008.1.2.2";

  /** Transfer syntax JPEG Baseline (Process 1). */
  public static final String JPEGBaseline8Bit = "1.2.840.10008.1.2.4.50";

  /** Transfer syntax JPEG Extended (Process 2 and 4). */
  public static final String JPEGExtended12Bit = "1.2.840.10008.1.2.4.51";

  /** Transfer syntax JPEG Spectral Selection, Non-Hierarchical (Process 6 and 8), retired. */
  public static final String JPEGSpectralSelectionNonHierarchical68 = "1.2.840.10008.1.2.4.53";

  /** Transfer syntax JPEG Full Progression, Non-Hierarchical (Process 10 and 12), retired. */
  public static final String JPEGFullProgressionNonHierarchical1012 = "1.2.840.10008.1.2.4.55";

  /** Transfer syntax JPEG Lossless, Non-Hierarchical (Process 14). */
  public static final String JPEGLossless = "1.2.840.10008.1.2.4.57";

  /** Transfer syntax JPEG Lossless, Non-Hierarchical, First-Order Prediction. */
  public static final String JPEGLosslessSV1 = "1.2.840.10008.1.2.4.70";

  /** Transfer syntax JPEG-LS Lossless. */
  public static final String JPEGLSLossless = "1.2.840.10008.1.2.4.80";

  /** Transfer syntax JPEG-LS Lossy (Near-Lossless). */
  public static final String JPEGLSNearLossless = "1.2.840.10008.1.2.4.81";

  /** Transfer syntax JPEG 2000 (Lossless Only). */
  public static final String JPEG2000Lossless = "1.2.840.10008.1.2.4.90";

  /** Transfer syntax JPEG 2000. */
  public static final String JPEG2000 = "1.2.840.10008.1.2.4.91";

  /** Transfer syntax MPEG2 Main Profile / Main Level. */
  public static final String MPEG2MPML = "1.2.840.10008.1.2.4.100";

  /** Transfer syntax MPEG-4 AVC/H.264 High Profile / Level 4.1. */
  public static final String MPEG4HP41 = "1.2.840.10008.1.2.4.102";

  /** Transfer syntax JPEG XL Lossless. */
  public static final String JPEGXLLossless = "1.2.840.10008.1.2.4.110";

  /** Transfer syntax JPEG XL. */
  public static final String JPEGXL = "1.2.840.10008.1.2.4.112";

  /** Transfer syntax High-Throughput JPEG 2000 (Lossless Only). */
  public static final String HTJ2KLossless = "1.2.840.10008.1.2.4.201";

  /** Transfer syntax High-Throughput JPEG 2000. */
  public static final String HTJ2K = "1.2.840.10008.1.2.4.203";

  /** Transfer syntax Deflated Image Frame Compression. */
  public static final String DeflatedImageFrameCompression = "1.2.840.10008.1.2.8.1";

  /** Transfer syntax RLE Lossless. */
  public static final String RLELossless = "1.2.840.10008.1.2.5";

  /** Verification SOP class. */
  public static final String Verification = "1.2.840.10008.1.1";

  /** DICOM application context name. */
  public static final String DICOMApplicationContext = "1.2.840.10008.3.1.1.1";

  /** Media Storage Directory. */
  public static final String MediaStorageDirectoryStorage = "1.2.840.10008.1.3.10";

  /** Storage Commitment Push Model. */
  public static final String StorageCommitmentPushModel = "1.2.840.10008.1.20.1";

  /** Well-known instance of storage commitment. */
  public static final String StorageCommitmentPushModelInstance = "1.2.840.10008.1.20.1.1";

  /** Modality Performed Procedure Step. */
  public static final String ModalityPerformedProcedureStep = "1.2.840.10008.3.1.2.3.3";

  /** Instance Availability Notification. */
  public static final String InstanceAvailabilityNotification = "1.2.840.10008.5.1.4.33";

  /** Modality Worklist - FIND. */
  public static final String ModalityWorklistInformationModelFind = "1.2.840.10008.5.1.4.31";

  /** Patient Root Q/R - FIND. */
  public static final String PatientRootQueryRetrieveInformationModelFind =
      "1.2.840.10008.5.1.4.1.2.1.1";

  /** Patient Root Q/R - MOVE. */
  public static final String PatientRootQueryRetrieveInformationModelMove =
      "1.2.840.10008.5.1.4.1.2.1.2";

  /** Patient Root Q/R - GET. */
  public static final String PatientRootQueryRetrieveInformationModelGet =
      "1.2.840.10008.5.1.4.1.2.1.3";

  /** Study Root Q/R - FIND. */
  public static final String StudyRootQueryRetrieveInformationModelFind =
      "1.2.840.10008.5.1.4.1.2.2.1";

  /** Study Root Q/R - MOVE. */
  public static final String StudyRootQueryRetrieveInformationModelMove =
      "1.2.840.10008.5.1.4.1.2.2.2";

  /** Study Root Q/R - GET. */
  public static final String StudyRootQueryRetrieveInformationModelGet =
      "1.2.840.10008.5.1.4.1.2.2.3";

  /** Unified Procedure Step - Push. */
  public static final String UnifiedProcedureStepPush = "1.2.840.10008.5.1.4.34.6.1";

  /** Computed Radiography Image Storage. */
  public static final String ComputedRadiographyImageStorage = "1.2.840.10008.5.1.4.1.1.1";

  /** Digital X-Ray Image Storage - For Presentation. */
  public static final String DigitalXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.1";

  /** Digital X-Ray Image Storage - For Processing. */
  public static final String DigitalXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.1.1";

  /** Digital Mammography X-Ray Image Storage - For Presentation. */
  public static final String DigitalMammographyXRayImageStorageForPresentation =
      "1.2.840.10008.5.1.4.1.1.1.2";

  /** Digital Mammography X-Ray Image Storage - For Processing. */
  public static final String DigitalMammographyXRayImageStorageForProcessing =
      "1.2.840.10008.5.1.4.1.1.1.2.1";

  /** CT Image Storage. */
  public static final String CTImageStorage = "1.2.840.10008.5.1.4.1.1.2";

  /** Enhanced CT Image Storage. */
  public static final String EnhancedCTImageStorage = "1.2.840.10008.5.1.4.1.1.2.1";

  /** Ultrasound Multi-frame Image Storage. */
  public static final String UltrasoundMultiframeImageStorage = "1.2.840.10008.5.1.4.1.1.3.1";

  /** MR Image Storage. */
  public static final String MRImageStorage = "1.2.840.10008.5.1.4.1.1.4";

  /** Enhanced MR Image Storage. */
  public static final String EnhancedMRImageStorage = "1.2.840.10008.5.1.4.1.1.4.1";

  /** Ultrasound Image Storage. */
  public static final String UltrasoundImageStorage = "1.2.840.10008.5.1.4.1.1.6.1";

  /** Secondary Capture Image Storage. */
  public static final String SecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7";

  /** Multi-frame Single Bit Secondary Capture Image Storage. */
  public static final String MultiframeSingleBitSecondaryCaptureImageStorage =
      "1.2.840.10008.5.1.4.1.1.7.1";

  /** Multi-frame Grayscale Byte Secondary Capture Image Storage. */
  public static final String MultiframeGrayscaleByteSecondaryCaptureImageStorage =
      "1.2.840.10008.5.1.4.1.1.7.2";

  /** Multi-frame Grayscale Word Secondary Capture Image Storage. */
  public static final String MultiframeGrayscaleWordSecondaryCaptureImageStorage =
      "1.2.840.10008.5.1.4.1.1.7.3";

  /** Multi-frame True Color Secondary Capture Image Storage. */
  public static final String MultiframeTrueColorSecondaryCaptureImageStorage =
      "1.2.840.10008.5.1.4.1.1.7.4";

  /** Grayscale Softcopy Presentation State Storage. */
  public static final String GrayscaleSoftcopyPresentationStateStorage =
      "1.2.840.10008.5.1.4.1.1.11.1";

  /** Color Softcopy Presentation State Storage. */
  public static final String ColorSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.2";

  /** Pseudo-Color Softcopy Presentation State Storage. */
  public static final String PseudoColorSoftcopyPresentationStateStorage =
      "1.2.840.10008.5.1.4.1.1.11.3";

  /** Blending Softcopy Presentation State Storage. */
  public static final String BlendingSoftcopyPresentationStateStorage =
      "1.2.840.10008.5.1.4.1.1.11.4";

  /** X-Ray Angiographic Image Storage. */
  public static final String XRayAngiographicImageStorage = "1.2.840.10008.5.1.4.1.1.12.1";

  /** X-Ray Radiofluoroscopic Image Storage. */
  public static final String XRayRadiofluoroscopicImageStorage = "1.2.840.10008.5.1.4.1.1.12.2";

  /** Breast Tomosynthesis Image Storage. */
  public static final String BreastTomosynthesisImageStorage = "1.2.840.10008.5.1.4.1.1.13.1.3";

  /** Nuclear Medicine Image Storage. */
  public static final String NuclearMedicineImageStorage = "1.2.840.10008.5.1.4.1.1.20";

  /** Parametric Map Storage. */
  public static final String ParametricMapStorage = "1.2.840.10008.5.1.4.1.1.30";

  /** Raw Data Storage. */
  public static final String RawDataStorage = "1.2.840.10008.5.1.4.1.1.66";

  /** Spatial Registration Storage. */
  public static final String SpatialRegistrationStorage = "1.2.840.10008.5.1.4.1.1.66.1";

  /** Segmentation Storage. */
  public static final String SegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.4";

  /** Surface Segmentation Storage. */
  public static final String SurfaceSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.5";

  /** VL Endoscopic Image Storage. */
  public static final String VLEndoscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.1";

  /** VL Photographic Image Storage. */
  public static final String VLPhotographicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.4";

  /** VL Whole Slide Microscopy Image Storage. */
  public static final String VLWholeSlideMicroscopyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.6";

  /** Ophthalmic Tomography Image Storage. */
  public static final String OphthalmicTomographyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.4";

  /** Basic Text SR Storage. */
  public static final String BasicTextSRStorage = "1.2.840.10008.5.1.4.1.1.88.11";

  /** Enhanced SR Storage. */
  public static final String EnhancedSRStorage = "1.2.840.10008.5.1.4.1.1.88.22";

  /** Comprehensive SR Storage. */
  public static final String ComprehensiveSRStorage = "1.2.840.10008.5.1.4.1.1.88.33";

  /** Comprehensive 3D SR Storage. */
  public static final String Comprehensive3DSRStorage = "1.2.840.10008.5.1.4.1.1.88.34";

  /** Extensible SR Storage. */
  public static final String ExtensibleSRStorage = "1.2.840.10008.5.1.4.1.1.88.35";

  /** Mammography CAD SR Storage. */
  public static final String MammographyCADSRStorage = "1.2.840.10008.5.1.4.1.1.88.50";

  /** Chest CAD SR Storage. */
  public static final String ChestCADSRStorage = "1.2.840.10008.5.1.4.1.1.88.65";

  /** Key Object Selection Document Storage. */
  public static final String KeyObjectSelectionDocumentStorage = "1.2.840.10008.5.1.4.1.1.88.59";

  /** X-Ray Radiation Dose SR Storage. */
  public static final String XRayRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.67";

  /** Encapsulated PDF Storage. */
  public static final String EncapsulatedPDFStorage = "1.2.840.10008.5.1.4.1.1.104.1";

  /** Encapsulated CDA Storage. */
  public static final String EncapsulatedCDAStorage = "1.2.840.10008.5.1.4.1.1.104.2";

  /** Positron Emission Tomography Image Storage. */
  public static final String PositronEmissionTomographyImageStorage = "1.2.840.10008.5.1.4.1.1.128";

  /** RT Image Storage. */
  public static final String RTImageStorage = "1.2.840.10008.5.1.4.1.1.481.1";

  /** RT Dose Storage. */
  public static final String RTDoseStorage = "1.2.840.10008.5.1.4.1.1.481.2";

  /** RT Structure Set Storage. */
  public static final String RTStructureSetStorage = "1.2.840.10008.5.1.4.1.1.481.3";

  /** RT Plan Storage. */
  public static final String RTPlanStorage = "1.2.840.10008.5.1.4.1.1.481.5";

  /** Content Assessment Results Storage. */
  public static final String ContentAssessmentResultsStorage = "1.2.840.10008.5.1.4.1.1.90.1";

  /** Microscopy Bulk Simple Annotations Storage. */
  public static final String MicroscopyBulkSimpleAnnotationsStorage =
      "1.2.840.10008.5.1.4.1.1.91.1";

  private static final String STORAGE_ARC = "1.2.840.10008.5.1.4.1.1.";

  private UID() {}

  /**
   * Whether a SOP class is one of the Storage service class (PS3.4 annex B), judged by its arc, so
   * that classes added by later editions count too. Private SOP classes do not.
   */
  public static boolean isStorage(String sopClassUid) {
    return sopClassUid.startsWith(STORAGE_ARC);
  }
}
