package org.vigil.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;
import org.vigil.dicom.net.StoreItem;
import org.vigil.phantom.ChestPhantom;
import org.vigil.phantom.DemoPatient;
import org.vigil.phantom.DxObject;
import org.vigil.phantom.Finding;
import org.vigil.phantom.ImagingRequest;
import org.vigil.phantom.Pathology;
import org.vigil.phantom.PhantomImage;
import org.vigil.phantom.PhantomSpec;
import org.vigil.phantom.Side;

/**
 * An invented patient's visit: the order for a chest film and the film. Names, ids and accession
 * numbers are unlike any other text, so that a log can be searched for them.
 *
 * @param request patient, order and study
 * @param film what the film shows
 */
public record Visit(ImagingRequest request, PhantomImage film) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Set<String> IDENTIFYING = ConcurrentHashMap.newKeySet();

  /** What all processes of a run have sent, one file each. */
  private static final Path SENT = Path.of("target/identifying");

  /** Far from the seeds that were trained on and from the demo's. */
  private static final long FIRST_SEED = 91_000_000L;

  /**
   * So many films, again and again: the model finds a pneumothorax in one of a hundred normal films
   * (see its card), and tests that count alerts must not meet one by the order they run in.
   */
  private static final int FILMS = 10;

  /** Names what must not appear in any log. */
  public Visit {
    identify(request.patient().familyName());
    identify(request.patient().givenName());
    identify(request.patient().id());
    identify(request.accessionNumber());
  }

  /** A visit whose film is normal. */
  public static Visit normal(String hospital) {
    return of(hospital, false);
  }

  /** A visit whose film shows a large, plain pneumothorax. */
  public static Visit critical(String hospital) {
    return of(hospital, true);
  }

  private static Visit of(String hospital, boolean pneumothorax) {
    int number = NUMBER.incrementAndGet();
    PhantomSpec spec = PhantomSpec.normal(FIRST_SEED + 1 + number % FILMS);
    if (pneumothorax) {
      spec = spec.with(new Pathology(Finding.PNEUMOTHORAX, Side.RIGHT, 34, 0.9));
    }
    DemoPatient patient =
        new DemoPatient(
            "Qpid%06d".formatted(number),
            hospital,
            "Zwyrk%05d".formatted(number),
            "Mxolu%05d".formatted(number),
            spec.sex(),
            LocalDate.of(1950, 1, 1).plusDays(number * 37L));
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    return new Visit(
        new ImagingRequest(
            patient,
            "Xacc%08d".formatted(number),
            "ORD%08d".formatted(number),
            Uids.fresh(),
            "Halloran^Maeve",
            "Chest PA",
            now),
        ChestPhantom.draw(spec));
  }

  /** Whatever identifies a patient that any test of this run has sent, in any process. */
  public static Set<String> identifying() {
    Set<String> all = new HashSet<>(IDENTIFYING);
    try (Stream<Path> files = Files.isDirectory(SENT) ? Files.list(SENT) : Stream.empty()) {
      for (Path file : files.toList()) {
        all.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** Remembers a text that no log may hold. */
  public static void identify(String text) {
    if (text != null && !text.isBlank()) {
      if (IDENTIFYING.add(text)) {
        try {
          Files.createDirectories(SENT);
          Files.writeString(
              SENT.resolve(Long.toString(ProcessHandle.current().pid())),
              text + "\n",
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Study Instance UID. */
  public String study() {
    return request.studyInstanceUid();
  }

  /** Patient id. */
  public String patientId() {
    return request.patient().id();
  }

  /** Accession number. */
  public String accession() {
    return request.accessionNumber();
  }

  /** The same film and patient under another accession number, patient or study. */
  public Visit with(DemoPatient patient, String accession, String study) {
    return new Visit(
        new ImagingRequest(
            patient,
            accession,
            request.orderId(),
            study,
            request.referringPhysician(),
            request.description(),
            request.taken()),
        film);
  }

  /** The DX object, as the modality makes it. */
  public Attributes dicom() {
    return DxObject.of(film, request);
  }

  /** The study's only image. */
  public List<StoreItem> images() {
    return images(dataset -> {});
  }

  /** The study's only image, changed by hand. */
  public List<StoreItem> images(Consumer<Attributes> change) {
    Attributes dataset = dicom();
    change.accept(dataset);
    try {
      return List.of(StoreItem.of(dataset, UID.ExplicitVRLittleEndian));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The order: ORM^O01 of HL7 v2.5.1, routine, a CR after each segment. */
  public String order(String facility) {
    return order(facility, "M" + java.util.UUID.randomUUID().toString().substring(0, 18));
  }

  /** The order with a control id (MSH-10). */
  public String order(String facility, String controlId) {
    DemoPatient patient = request.patient();
    String at = TIME.format(request.taken());
    return String.join(
        "\r",
        "MSH|^~\\&|RIS|%s|VIGIL|%s|%s||ORM^O01^ORM_O01|%s|P|2.5.1|||||USA|UNICODE UTF-8"
            .formatted(facility, facility, at, controlId),
        "PID|1||%s^^^%s^MR||%s||%s|%s"
            .formatted(
                patient.id(),
                patient.issuer(),
                patient.dicomName(),
                patient.birthDate().format(DateTimeFormatter.BASIC_ISO_DATE),
                patient.sex().code()),
        "PV1|1|E",
        "ORC|NW|%s|%s||SC||^^^%s^^R||%s|||4711^%s"
            .formatted(request.orderId(), accession(), at, at, request.referringPhysician()),
        "OBR|1|%s|%s|RPID1482^XR CHEST PA^RADLEX|||%s|||||||||4711^%s||%s||||||DX|||^^^%s^^R||||Dyspnoea"
            .formatted(
                request.orderId(), accession(), at, request.referringPhysician(), accession(), at),
        "");
  }
}
