package org.vigil.dicom.validate;

import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Tag;

/** Attributes whose values the standard enumerates for every object that has them (PS3.3). */
final class EnumeratedValues {
  private static final Set<String> YES_NO = Set.of("YES", "NO");
  private static final Map<Integer, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry(Tag.PatientSex, Set.of("M", "F", "O")),
          Map.entry(Tag.Laterality, Set.of("R", "L")),
          Map.entry(Tag.ImageLaterality, Set.of("R", "L", "U", "B")),
          Map.entry(Tag.BurnedInAnnotation, YES_NO),
          Map.entry(Tag.RecognizableVisualFeatures, YES_NO),
          Map.entry(Tag.PatientIdentityRemoved, YES_NO),
          Map.entry(Tag.LossyImageCompression, Set.of("00", "01")),
          Map.entry(Tag.PixelRepresentation, Set.of("0", "1")),
          Map.entry(Tag.PlanarConfiguration, Set.of("0", "1")),
          Map.entry(Tag.PresentationIntentType, Set.of("FOR PRESENTATION", "FOR PROCESSING")),
          Map.entry(Tag.PresentationLUTShape, Set.of("IDENTITY", "INVERSE")),
          Map.entry(Tag.VOILUTFunction, Set.of("LINEAR", "LINEAR_EXACT", "SIGMOID")),
          Map.entry(Tag.PixelIntensityRelationshipSign, Set.of("1", "-1")),
          Map.entry(Tag.CompletionFlag, Set.of("PARTIAL", "COMPLETE")),
          Map.entry(Tag.VerificationFlag, Set.of("UNVERIFIED", "VERIFIED")),
          Map.entry(Tag.OverlayType, Set.of("G", "R")));

  private EnumeratedValues() {}

  /** Whether a value is one that the attribute may have. */
  static boolean allows(int tag, String value) {
    Set<String> allowed = ALLOWED.get(tag >>> 24 == 0x60 ? tag & 0xFF00FFFF : tag);
    return allowed == null || value.isEmpty() || allowed.contains(value);
  }
}
