package org.vigil.integration.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisView;
import org.vigil.analysis.api.OrderView;
import org.vigil.imaging.api.ResultContent;
import org.vigil.imaging.api.StudyView;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.kernel.Code;
import org.vigil.kernel.Priority;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TenantView;

/** A result of an invented patient. */
public final class Parcels {
  public static final UUID DELIVERY = UUID.fromString("6f1c0a52-3d7e-4a0b-9c55-0123456789ab");
  public static final UUID ANALYSIS = UUID.fromString("11111111-2222-4333-8444-555555555555");
  public static final UUID FINDING = UUID.fromString("22222222-2222-4333-8444-555555555555");
  public static final UUID ALERT = UUID.fromString("33333333-2222-4333-8444-555555555555");
  public static final UUID ORDER = UUID.fromString("44444444-2222-4333-8444-555555555555");
  public static final StudyInstanceUid STUDY = StudyInstanceUid.of("1.2.826.0.1.3680043.10.1");
  public static final Instant COMPLETED = Instant.parse("2026-11-22T01:17:30Z");

  private Parcels() {}

  public static Parcel parcel(Kind kind, Destination destination, Parcel.Notice notice) {
    return new Parcel(
        DELIVERY,
        kind,
        Instant.parse("2026-11-22T01:17:31Z"),
        destination,
        new TenantView(
            TenantId.of("st-agnes"),
            "St. Agnes",
            ZoneId.of("Europe/Berlin"),
            "STAGNES",
            "ST-AGNES"),
        analysis(),
        order(),
        study(),
        notice);
  }

  public static Destination hl7(int port) {
    return new Destination(
        UUID.randomUUID(), Destination.Kind.HL7, "127.0.0.1", port, null, null, "RADIOLOGY");
  }

  public static Destination fhir(String url) {
    return new Destination(UUID.randomUUID(), Destination.Kind.FHIR, null, 0, null, url, null);
  }

  public static Parcel.Notice notice(Instant acknowledgedAt, int level) {
    return new Parcel.Notice(
        ALERT,
        FINDING,
        "Pneumothorax",
        "4711",
        "Muster Otto",
        Instant.parse("2026-11-22T01:17:31Z"),
        null,
        acknowledgedAt,
        level);
  }

  public static AnalysisView analysis() {
    return new AnalysisView(
        ANALYSIS,
        STUDY,
        SopInstanceUid.of("1.2.826.0.1.3680043.10.1.1.1"),
        1,
        "DX",
        AnalysisView.Status.COMPLETED,
        Priority.STAT,
        ORDER,
        COMPLETED.minusSeconds(2),
        COMPLETED.minusSeconds(1),
        COMPLETED,
        "phantom-chest",
        "Phantom chest",
        "1.0.0",
        "2.25.123456789",
        "00".repeat(32),
        "Demonstration.",
        true,
        null,
        null,
        List.of(
            new AnalysisView.FindingView(
                FINDING,
                "pneumothorax",
                Code.of(Code.SCT, "36118008", "Pneumothorax"),
                "2.25.1001",
                Severity.CRITICAL,
                0.98123,
                0.5,
                true,
                new ResultContent.Box(10, 20, 30, 40),
                null,
                null,
                null),
            new AnalysisView.FindingView(
                UUID.fromString("22222222-2222-4333-8444-666666666666"),
                "nodule",
                Code.of(Code.SCT, "427359005", "Solitary nodule of lung"),
                "2.25.1002",
                Severity.URGENT,
                0.031,
                0.6,
                false,
                null,
                null,
                null,
                null)),
        null);
  }

  public static OrderView order() {
    return new OrderView(
        ORDER,
        OrderView.Status.MATCHED,
        "P-1001",
        "F-1001",
        "ACC-1001",
        "40017",
        "STAGNES",
        "Müller^Anna^Maria^Prof^Dr",
        LocalDate.of(1958, 3, 4),
        "F",
        "71046",
        "Chest two views & more",
        "DX",
        Priority.STAT,
        "4711",
        "Muster^Otto^^Dr",
        "Dyspnoea",
        COMPLETED.minusSeconds(900),
        COMPLETED.minusSeconds(800),
        "RIS",
        "RADIOLOGY",
        STUDY);
  }

  private static StudyView study() {
    return new StudyView(
        STUDY,
        1,
        true,
        "40017",
        "STAGNES",
        "Müller^Anna^Maria^Prof^Dr",
        LocalDate.of(1958, 3, 4),
        "F",
        "ACC-1001",
        null,
        "1",
        LocalDate.of(2026, 11, 22),
        LocalTime.of(2, 10),
        "Chest",
        null,
        Set.of("DX"),
        "CR1",
        1,
        COMPLETED.minusSeconds(60),
        COMPLETED.minusSeconds(60));
  }
}
