package org.vigil.cli.dicom;

import java.util.ArrayList;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What to ask a PACS for, by {@code find} and {@code move} alike. */
final class QueryOptions {

  /** Query/Retrieve levels (PS3.4 §C.3), and the modality worklist, which has none. */
  enum Level {
    PATIENT,
    STUDY,
    SERIES,
    IMAGE,
    WORKLIST
  }

  @Option(
      names = "--level",
      defaultValue = "STUDY",
      paramLabel = "LEVEL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Level level;

  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEYWORD[=VALUE]",
      description =
          "An attribute to match or to return, for example PatientID=4711; again for more.")
  private List<String> keys = new ArrayList<>();

  Level level() {
    return level;
  }

  String findModel() {
    return switch (level) {
      case WORKLIST -> UID.ModalityWorklistInformationModelFind;
      case PATIENT -> UID.PatientRootQueryRetrieveInformationModelFind;
      default -> UID.StudyRootQueryRetrieveInformationModelFind;
    };
  }

  String moveModel() {
    return level == Level.PATIENT
        ? UID.PatientRootQueryRetrieveInformationModelMove
        : UID.StudyRootQueryRetrieveInformationModelMove;
  }

  Attributes identifier() {
    Attributes identifier = new Attributes();
    if (level != Level.WORKLIST) {
      identifier.setString(Tag.QueryRetrieveLevel, VR.CS, level.name());
    }
    for (String key : keys) {
      int equals = key.indexOf('=');
      String keyword = equals < 0 ? key : key.substring(0, equals);
      int tag = ElementDictionary.tagOf(keyword);
      if (tag == -1) {
        throw new TypeConversionException("'" + keyword + "' is no keyword of PS3.6");
      }
      VR vr = ElementDictionary.vrOf(tag);
      if (vr == VR.SQ) {
        identifier.newSequence(tag, 0);
      } else if (equals < 0 || equals == key.length() - 1) {
        identifier.setNull(tag, vr);
      } else {
        identifier.setString(tag, vr, key.substring(equals + 1));
      }
    }
    return identifier;
  }
}
