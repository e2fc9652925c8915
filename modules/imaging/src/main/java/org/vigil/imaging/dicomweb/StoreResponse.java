package org.vigil.imaging.dicomweb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomJson;
import org.vigil.dicom.io.DicomXml;
import org.vigil.imaging.api.StudyUploads.Answer;
import org.vigil.imaging.domain.ObjectHeader;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** The Store Instances Response module as it grows (PS3.18 table I.2-1, failure reasons I.2.2). */
final class StoreResponse {
  private final List<Stored> stored = new ArrayList<>();
  private final List<Attributes> failed = new ArrayList<>();
  private final List<Attributes> otherFailures = new ArrayList<>();
  private boolean storageFull;

  private record Stored(String sopClassUid, ObjectHeader header) {}

  void stored(String sopClassUid, ObjectHeader header) {
    stored.add(new Stored(sopClassUid, header));
  }

  /** Notes something that does not even say which object it is of. */
  void failed(ErrorCode code) {
    failed(null, null, code);
  }

  /**
   * Notes a failure.
   *
   * @param sopInstanceUid null where not even that could be read
   */
  void failed(String sopClassUid, String sopInstanceUid, ErrorCode code) {
    storageFull |= code == ErrorCode.IMAGING_0006;
    Attributes item = new Attributes();
    item.setInt(Tag.FailureReason, VR.US, code.dimseStatus());
    if (sopInstanceUid == null) {
      otherFailures.add(item);
      return;
    }
    item.setString(Tag.ReferencedSOPClassUID, VR.UI, sopClassUid);
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, sopInstanceUid);
    failed.add(item);
  }

  Answer answer(String baseUri) {
    Attributes answer = new Attributes();
    Set<String> studies = new LinkedHashSet<>();
    List<Attributes> references = new ArrayList<>();
    for (Stored object : stored) {
      String study = baseUri + "/studies/" + object.header().study().value();
      studies.add(study);
      Attributes item = new Attributes();
      item.setString(Tag.ReferencedSOPClassUID, VR.UI, object.sopClassUid());
      item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, object.header().instance().value());
      item.setString(
          Tag.RetrieveURL,
          VR.UR,
          study
              + "/series/"
              + object.header().series().value()
              + "/instances/"
              + object.header().instance().value());
      references.add(item);
    }
    // One value only (VM 1): where objects of several studies came, each item has its own.
    answer.setString(
        Tag.RetrieveURL, VR.UR, studies.size() == 1 ? studies.iterator().next() : null);
    sequence(answer, Tag.FailedSOPSequence, failed);
    sequence(answer, Tag.ReferencedSOPSequence, references);
    sequence(answer, Tag.OtherFailuresSequence, otherFailures);
    try {
      return new Answer(
          stored.size(),
          failed.size() + otherFailures.size(),
          storageFull,
          DicomJson.toJson(answer, (path, length) -> null).getBytes(StandardCharsets.UTF_8),
          DicomXml.toXml(answer, (path, length) -> null).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "Store response"), e);
    }
  }

  private static void sequence(Attributes answer, int tag, List<Attributes> items) {
    if (!items.isEmpty()) {
      answer.newSequence(tag, items.size()).addAll(items);
    }
  }
}
