package org.vigil.tests.incontainer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.analysis.api.Orders;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.ResultContent;
import org.vigil.imaging.api.StudyArrived;
import org.vigil.imaging.api.StudyCompleted;
import org.vigil.imaging.api.StudyView;
import org.vigil.kernel.Actor;
import org.vigil.kernel.Code;
import org.vigil.kernel.Priority;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.Role;
import org.vigil.tenancy.api.RoleGrant;
import org.vigil.tenancy.api.Tenants;

/**
 * What comes into a hospital, told to the modules as the edges tell it. Its images are announced
 * but not stored, so that a job ends as soon as it is begun: it fails for good with IMAGING-0005.
 */
@ApplicationScoped
public class Hospital {
  private static final LocalDate BORN = LocalDate.of(1958, 3, 14);

  @Inject private Tenants tenants;
  @Inject private Orders orders;
  @Inject private Event<StudyArrived> arrived;
  @Inject private Event<StudyCompleted> completed;

  /** A chest film and the numbers by which it is known. */
  public record Film(StudyInstanceUid study, String accession) {
    public static Film next() {
      String number = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 2);
      return new Film(StudyInstanceUid.of("2.25." + number), "A" + number.substring(0, 12));
    }

    String uid() {
      return study.value();
    }
  }

  /** A tenant with a destination of every kind, at none of which anybody listens. */
  public TenantId open(String name) {
    TenantId tenant = TenantId.of(name);
    tenants.create(description(tenant), Actor.system("test"));
    return tenant;
  }

  public Tenants.CreateTenant description(TenantId tenant) {
    String title = tenant.value().toUpperCase(java.util.Locale.ROOT);
    return new Tenants.CreateTenant(
        tenant,
        "Hospital " + tenant,
        ZoneId.of("Europe/Vienna"),
        title.substring(0, Math.min(16, title.length())),
        title,
        List.of(
            new Tenants.NewAccount(
                "reader",
                "Reader",
                "a long pass phrase".toCharArray(),
                Set.of(RoleGrant.of(Role.RADIOLOGIST)))),
        List.of(
            new Tenants.NewDestination(Destination.Kind.DICOM, "127.0.0.1", 9, "PACS", null, null),
            new Tenants.NewDestination(Destination.Kind.HL7, "127.0.0.1", 9, null, null, "RIS"),
            new Tenants.NewDestination(
                Destination.Kind.FHIR, null, 0, null, "http://127.0.0.1:9/fhir", null)));
  }

  public void order(Film film, Priority priority) {
    orders.apply(
        new PlaceOrder(
            PlaceOrder.Control.NEW,
            "P" + film.accession(),
            null,
            film.accession(),
            patient(film),
            null,
            "Doe^Jane",
            BORN,
            "F",
            "71045",
            "Chest 1 view",
            "DX",
            priority,
            "D1",
            "House^Greg",
            "cough",
            Instant.now(),
            "RIS",
            "RADIOLOGY"));
  }

  public void arrive(Film film) {
    arrived.fire(new StudyArrived(study(film)));
  }

  public void complete(Film film) {
    completed.fire(new StudyCompleted(study(film), List.of(image(film))));
  }

  /** The order, the first image and the last. */
  public void all(Film film, Priority priority) {
    order(film, priority);
    arrive(film);
    complete(film);
  }

  /** What a model says that is sure of a pneumothorax. */
  static AnalysisJobs.Result pneumothorax() {
    return new AnalysisJobs.Result(
        "Chest phantom",
        "1.2.3.4",
        "ab".repeat(32),
        "demonstration",
        true,
        List.of(
            new AnalysisJobs.Label(
                "pneumothorax",
                Code.of(Code.SCT, "36118008", "Pneumothorax"),
                0.97,
                0.5,
                Severity.CRITICAL,
                new ResultContent.Box(10, 20, 30, 40)),
            new AnalysisJobs.Label(
                "nodule",
                Code.of(Code.SCT, "427359005", "Solitary nodule of lung"),
                0.1,
                0.5,
                Severity.ROUTINE,
                null)),
        new ResultContent.HeatMap(2, 3, new byte[] {0, 1, 2, 3, 4, 5}),
        12.5);
  }

  private static String patient(Film film) {
    return "MRN" + film.accession();
  }

  private static StudyView study(Film film) {
    Instant now = Instant.now();
    return new StudyView(
        film.study(),
        1,
        true,
        patient(film),
        null,
        "Doe^Jane",
        BORN,
        "F",
        film.accession(),
        null,
        "S1",
        LocalDate.of(2026, 11, 22),
        null,
        "Chest",
        null,
        Set.of("DX"),
        "MODALITY",
        1,
        now,
        now);
  }

  private static InstanceView image(Film film) {
    return new InstanceView(
        film.study(),
        SeriesInstanceUid.of(film.uid() + ".1"),
        SopInstanceUid.of(film.uid() + ".1.1"),
        "1.2.840.10008.5.1.4.1.1.1.1",
        "1.2.840.10008.1.2.1",
        "DX",
        null,
        1,
        1,
        InstanceView.Origin.ACQUIRED,
        1024,
        1024,
        1,
        12,
        "MONOCHROME2",
        "CHEST",
        "PA",
        "068Y",
        true,
        2_097_152,
        "00",
        Instant.now(),
        InstanceView.Availability.ONLINE);
  }
}
