package org.vigil.cli.demo;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.net.StoreItem;
import org.vigil.phantom.DemoPatient;
import org.vigil.phantom.ImagingRequest;
import org.vigil.phantom.PhantomNight;
import org.vigil.phantom.PhantomStudy;

/** The night as it is drawn: 47 chest films, the 31st with a pneumothorax. */
public final class PhantomCases {
  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
  private static final String PROCEDURE = "RPID1482^XR CHEST PA^RADLEX";

  private PhantomCases() {}

  /** The story's night, its films taken within the hours before now. */
  public static List<NightCase> of(long seed, String facility) {
    OffsetDateTime start =
        OffsetDateTime.now()
            .truncatedTo(ChronoUnit.SECONDS)
            .minus(Duration.ofMinutes(4L * PhantomNight.STUDIES));
    return of(
        new PhantomNight(PhantomNight.STUDIES, PhantomNight.CRITICAL, seed, facility, start),
        facility);
  }

  public static List<NightCase> of(PhantomNight night, String facility) {
    return of(night, facility, (index, study) -> study.dicom());
  }

  /**
   * A night whose images somebody else makes.
   *
   * @param drawing from a study and its index (from 1) to its object
   */
  public static List<NightCase> of(
      PhantomNight night, String facility, BiFunction<Integer, PhantomStudy, Attributes> drawing) {
    List<NightCase> cases = new ArrayList<>();
    for (int index = 1; index <= night.size(); index++) {
      PhantomStudy study = night.study(index);
      int place = index;
      cases.add(
          new NightCase(
              index,
              study.request().studyInstanceUid(),
              order(study.request(), facility).text(),
              () ->
                  List.of(StoreItem.of(drawing.apply(place, study), UID.ExplicitVRLittleEndian))));
    }
    return cases;
  }

  private static OrderMessage order(ImagingRequest request, String facility) {
    DemoPatient patient = request.patient();
    return new OrderMessage(
        "N" + request.orderId() + "-" + Long.toString(request.taken().toEpochSecond(), 36),
        facility,
        request.taken().minusMinutes(20).toLocalDateTime(),
        patient.id(),
        patient.issuer(),
        patient.dicomName(),
        patient.birthDate() == null ? "" : patient.birthDate().format(DATE),
        patient.sex() == null ? "U" : patient.sex().code(),
        request.orderId(),
        request.accessionNumber(),
        PROCEDURE,
        "DX",
        "4711^" + request.referringPhysician(),
        "Shortness of breath");
  }
}
