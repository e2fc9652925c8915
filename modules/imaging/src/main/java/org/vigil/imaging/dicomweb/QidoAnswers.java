package org.vigil.imaging.dicomweb;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.DicomWeb.Search;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Availability;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.imaging.persistence.SeriesEntity;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/**
 * The attributes that a search answers with (PS3.18 tables 10.6.3-3 to 10.6.3-5); over DIMSE the
 * same, without addresses.
 */
public final class QidoAnswers {
  private static final DateTimeFormatter DA = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter TM = DateTimeFormatter.ofPattern("HHmmss");

  private QidoAnswers() {}

  static Attributes study(StudyIndex.Found found, String baseUri) {
    Attributes answer = study(found);
    answer.setString(Tag.RetrieveURL, VR.UR, studyUri(found.study().studyInstanceUid(), baseUri));
    return answer;
  }

  /** A study. */
  public static Attributes study(StudyIndex.Found found) {
    Attributes answer = new Attributes();
    describe(answer, found.study());
    answer.setString(Tag.InstanceAvailability, VR.CS, found.availability().name());
    answer.setInt(Tag.NumberOfStudyRelatedSeries, VR.IS, found.series());
    answer.setInt(Tag.NumberOfStudyRelatedInstances, VR.IS, found.instances());
    return answer;
  }

  /** A series with what is known of its study. */
  static Attributes series(ObjectIndex.FoundSeries found, String baseUri) {
    SeriesEntity series = found.series();
    SeriesInstanceUid uid = SeriesInstanceUid.of(series.key().seriesInstanceUid());
    Attributes answer = new Attributes();
    describe(answer, found.study());
    answer.setString(Tag.InstanceAvailability, VR.CS, found.availability().name());
    answer.setString(Tag.Modality, VR.CS, series.modality());
    answer.setString(Tag.SeriesDescription, VR.LO, series.seriesDescription());
    answer.setString(
        Tag.RetrieveURL, VR.UR, seriesUri(found.study().studyInstanceUid(), uid, baseUri));
    answer.setString(Tag.SeriesInstanceUID, VR.UI, uid.value());
    number(answer, Tag.SeriesNumber, series.seriesNumber());
    answer.setInt(Tag.NumberOfSeriesRelatedInstances, VR.IS, found.instances());
    return answer;
  }

  /** An instance with what is known of its series and study. */
  static Attributes instance(ObjectIndex.FoundInstance found, String baseUri) {
    InstanceView instance = found.instance();
    Attributes answer = new Attributes();
    describe(answer, found.study());
    answer.setString(Tag.Modality, VR.CS, instance.modality());
    answer.setString(Tag.SeriesDescription, VR.LO, instance.seriesDescription());
    number(answer, Tag.SeriesNumber, instance.seriesNumber());
    describe(answer, instance);
    answer.setString(Tag.RetrieveURL, VR.UR, uri(instance, baseUri));
    return answer;
  }

  private static void describe(Attributes answer, StudyView study) {
    answer.setString(Tag.StudyDate, VR.DA, date(study.studyDate()));
    answer.setString(Tag.StudyTime, VR.TM, time(study.studyTime()));
    answer.setString(Tag.AccessionNumber, VR.SH, study.accessionNumber());
    answer.setString(Tag.ModalitiesInStudy, VR.CS, study.modalities().toArray(new String[0]));
    answer.setString(Tag.ReferringPhysicianName, VR.PN, study.referringPhysicianName());
    answer.setString(Tag.StudyDescription, VR.LO, study.studyDescription());
    answer.setString(Tag.PatientName, VR.PN, study.patientName());
    answer.setString(Tag.PatientID, VR.LO, study.patientId());
    answer.setString(Tag.IssuerOfPatientID, VR.LO, study.issuerOfPatientId());
    answer.setString(Tag.PatientBirthDate, VR.DA, date(study.patientBirthDate()));
    answer.setString(Tag.PatientSex, VR.CS, study.patientSex());
    answer.setString(Tag.StudyInstanceUID, VR.UI, study.studyInstanceUid().value());
    answer.setString(Tag.StudyID, VR.SH, study.studyId());
  }

  /** A series by its instances. */
  public static Attributes series(List<InstanceView> instances) {
    InstanceView first = instances.get(0);
    Attributes answer = new Attributes();
    answer.setString(Tag.Modality, VR.CS, first.modality());
    answer.setString(Tag.InstanceAvailability, VR.CS, slowest(instances).name());
    answer.setString(Tag.SeriesDescription, VR.LO, first.seriesDescription());
    answer.setString(Tag.StudyInstanceUID, VR.UI, first.studyInstanceUid().value());
    answer.setString(Tag.SeriesInstanceUID, VR.UI, first.seriesInstanceUid().value());
    number(answer, Tag.SeriesNumber, first.seriesNumber());
    answer.setInt(Tag.NumberOfSeriesRelatedInstances, VR.IS, instances.size());
    return answer;
  }

  private static Availability slowest(List<InstanceView> instances) {
    return instances.stream()
        .map(InstanceView::availability)
        .max(Comparator.naturalOrder())
        .orElse(Availability.ONLINE);
  }

  /** An instance. */
  public static Attributes instance(InstanceView instance) {
    Attributes answer = new Attributes();
    describe(answer, instance);
    return answer;
  }

  private static void describe(Attributes answer, InstanceView instance) {
    answer.setString(Tag.SOPClassUID, VR.UI, instance.sopClassUid());
    answer.setString(Tag.SOPInstanceUID, VR.UI, instance.sopInstanceUid().value());
    answer.setString(Tag.InstanceAvailability, VR.CS, instance.availability().name());
    answer.setString(Tag.StudyInstanceUID, VR.UI, instance.studyInstanceUid().value());
    answer.setString(Tag.SeriesInstanceUID, VR.UI, instance.seriesInstanceUid().value());
    number(answer, Tag.InstanceNumber, instance.instanceNumber());
    if (instance.hasPixelData()) {
      answer.setInt(Tag.Rows, VR.US, instance.rows());
      answer.setInt(Tag.Columns, VR.US, instance.columns());
      answer.setInt(Tag.NumberOfFrames, VR.IS, instance.numberOfFrames());
    }
  }

  /**
   * Leaves out what the path of the searched resource makes known (PS3.18 tables 10.6.3-4 and
   * 10.6.3-5), but for UIDs and what was asked for.
   *
   * @param level of the answers
   * @param named the lowest level that the path names
   */
  static Attributes below(
      QueryLevel named, QueryLevel level, Attributes answer, Set<Integer> included) {
    if (!included.contains(Search.ALL)) {
      answer.removeIf(
          tag ->
              named.knows(tag)
                  && !level.owns(tag)
                  && answer.getVR(tag) != VR.UI
                  && !included.contains(tag));
    }
    return answer;
  }

  /** Where an instance is retrieved. */
  static String uri(InstanceView instance, String baseUri) {
    return seriesUri(instance.studyInstanceUid(), instance.seriesInstanceUid(), baseUri)
        + "/instances/"
        + instance.sopInstanceUid().value();
  }

  private static String seriesUri(
      StudyInstanceUid study, SeriesInstanceUid series, String baseUri) {
    return studyUri(study, baseUri) + "/series/" + series.value();
  }

  private static String studyUri(StudyInstanceUid study, String baseUri) {
    return baseUri + "/studies/" + study.value();
  }

  private static void number(Attributes answer, int tag, Integer value) {
    if (value == null) {
      answer.setNull(tag, VR.IS);
    } else {
      answer.setInt(tag, VR.IS, value);
    }
  }

  private static String date(LocalDate date) {
    return date == null ? null : DA.format(date);
  }

  private static String time(LocalTime time) {
    return time == null ? null : TM.format(time);
  }
}
