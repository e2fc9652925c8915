package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.api.InstanceView.Origin;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.StudyArrived;
import org.vigil.imaging.domain.ObjectHeader;
import org.vigil.imaging.domain.ObjectLocation;
import org.vigil.imaging.domain.QuietPeriod;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.RemovalRepository;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.imaging.persistence.StudyRepository.NewInstance;
import org.vigil.imaging.storage.Draft;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/**
 * Records objects of the current tenant. The bytes are moved to their place before the row is
 * committed: a row without its bytes cannot be, bytes without a row are overwritten by the next
 * attempt.
 *
 * <p>Objects of one study are recorded one after the other, by the lock on its row; whichever
 * association inserts first wins, the others wait for it and see its outcome.
 */
@ApplicationScoped
public class ObjectRegister {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectRegister.class);

  private final StudyRepository studies;
  private final RemovalRepository removals;
  private final ObjectStore store;
  private final QuietPeriod quietPeriod;
  private final PriorShelf priors;
  private final PacsNodeBook nodes;
  private final Event<StudyArrived> arrived;
  private final Event<AuditEvent> audit;

  @Inject
  public ObjectRegister(
      StudyRepository studies,
      RemovalRepository removals,
      ObjectStore store,
      QuietPeriod quietPeriod,
      PriorShelf priors,
      PacsNodeBook nodes,
      Event<StudyArrived> arrived,
      Event<AuditEvent> audit) {
    this.studies = studies;
    this.removals = removals;
    this.store = store;
    this.quietPeriod = quietPeriod;
    this.priors = priors;
    this.nodes = nodes;
    this.arrived = arrived;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected ObjectRegister() {
    this(null, null, null, null, null, null, null, null);
  }

  /**
   * Records objects of one hospital that peers have sent: all of them, or none.
   *
   * @param arrivals each with its sealed draft, kept when the object is new
   * @return a receipt for each, in their order
   * @throws VigilException IMAGING-0007 when other bytes are stored under the UID of one
   */
  @Transactional
  public List<Receipt> receive(List<Arrival> arrivals) {
    Receipt[] receipts = new Receipt[arrivals.size()];
    // In one order everywhere, so that no two transactions wait for each other's study.
    List<Integer> order =
        IntStream.range(0, receipts.length)
            .boxed()
            .sorted(Comparator.comparing(i -> arrivals.get(i).incoming().header().study().value()))
            .toList();
    List<Place> places = order.stream().map(i -> place(arrivals.get(i))).toList();
    boolean[] isNew = insert(places);
    for (int i = 0; i < isNew.length; i++) {
      receipts[order.get(i)] = receipt(places.get(i), isNew[i]);
    }
    arrivals.forEach(arrival -> arrival.draft().force());
    return List.of(receipts);
  }

  /** Locks the study of an object, and makes sure that it and the series are there. */
  private Place place(Arrival arrival) {
    Incoming incoming = arrival.incoming();
    ObjectHeader header = incoming.header();
    Optional<StudyEntity> known = studies.lockStudy(header.study());
    boolean newStudy = known.isEmpty() && studies.insertStudy(header.study(), incoming.at());
    StudyEntity study = known.orElseGet(() -> lock(header.study()));
    boolean fetched = isPartOfPrior(incoming);
    boolean wasPrior = study.isPrior();
    if (newStudy && fetched) {
      study.becomePrior();
    } else if (wasPrior && !fetched) {
      study.becomeCurrent();
    }
    if (incoming.firstOfSeries()) {
      studies.ensureSeries(header, Origin.ACQUIRED);
    }
    // What somebody sends of his own accord is to be read, though we had fetched it as a prior.
    return new Place(arrival, study, newStudy, fetched, wasPrior && !study.isPrior());
  }

  private Receipt receipt(Place place, boolean isNew) {
    Incoming incoming = place.arrival().incoming();
    ObjectHeader header = incoming.header();
    StudyEntity study = place.study();
    boolean newStudy = place.newStudy();
    boolean fetched = place.fetched();
    boolean promoted = place.promoted();
    if (!isNew && !promoted) {
      return new Receipt(header, false, false, fetched, null);
    }
    if (study.isPrior()) {
      study.describe(header);
      study.received(incoming.at(), null);
      return new Receipt(header, isNew, false, fetched, null);
    }
    if (newStudy || promoted) {
      study.sentBy(incoming.sender().name());
    } else {
      warnOfOtherPatient(study, header);
    }
    study.describe(header);
    // A report or key object that joins a complete study gives the models nothing new to see.
    boolean awaited = header.hasPixelData() || !study.isComplete();
    Instant dueAt = awaited ? quietPeriod.afterImage(incoming.at()) : null;
    if (isNew) {
      study.received(incoming.at(), dueAt);
    } else {
      study.awaitUntil(dueAt);
    }
    if (newStudy || promoted) {
      arrived.fire(new StudyArrived(study.view()));
    }
    if (incoming.firstOfStudy()) {
      note(incoming, study, newStudy);
    }
    return new Receipt(header, isNew, true, fetched, dueAt);
  }

  /**
   * Notes that somebody sends, of his own accord, a study that was fetched as a prior, though the
   * object itself was refused because the archive's copy of it differs: it is to be read.
   *
   * @return when it is complete, or empty when it was no prior
   */
  @Transactional
  public Optional<Instant> sentAgain(Incoming incoming) {
    StudyEntity study = lock(incoming.header().study());
    boolean fetched = isPartOfPrior(incoming);
    if (!study.isPrior() || fetched) {
      return Optional.empty();
    }
    study.becomeCurrent();
    study.sentBy(incoming.sender().name());
    study.awaitUntil(quietPeriod.afterImage(incoming.at()));
    arrived.fire(new StudyArrived(study.view()));
    note(incoming, study, false);
    return Optional.of(study.completeDueAt());
  }

  private void note(Incoming incoming, StudyEntity study, boolean newStudy) {
    ObjectHeader header = incoming.header();
    audit.fire(
        AuditEvent.of(AuditEvent.Action.STUDY_RECEIVED, incoming.sender())
            .about(header.study(), study.patientId())
            .with(
                Map.of(
                    "newStudy", Boolean.toString(newStudy),
                    "sopClass", header.sopClassUid(),
                    "pixelData", Boolean.toString(header.hasPixelData()))));
  }

  private boolean isPartOfPrior(Incoming incoming) {
    if (incoming.fetched() != null) {
      return incoming.fetched();
    }
    return priors.isExpected(
        incoming.header().study(),
        incoming.ownRequest(),
        incoming.sender().name(),
        ae -> nodes.byAeTitle(ae).map(PacsNode::name).orElse(null));
  }

  /**
   * Records an object that Vigil has made, beside the study it is about. It neither counts as
   * received nor touches completeness, and takes no lock: the caller may send it afterwards.
   *
   * @throws VigilException IMAGING-0004 when the study is unknown
   */
  @Transactional
  public void addResult(ObjectHeader header, String transferSyntaxUid, Draft draft, Instant at) {
    if (studies.study(header.study()).isEmpty()) {
      throw new VigilException(ErrorCode.IMAGING_0004, Map.of("study", header.study().value()));
    }
    studies.ensureSeries(header, Origin.VIGIL);
    NewInstance row = row(header, transferSyntaxUid, Origin.VIGIL, draft, at);
    keep(row, studies.insertInstances(List.of(row))[0], draft);
    draft.force();
  }

  /** Proves that an object came and was refused. */
  @Transactional
  public void refused(Actor sender, String name, VigilException reason) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.OBJECT_REFUSED, sender)
            .outcome(AuditEvent.Outcome.REFUSED)
            .on(name)
            .with(Map.of("code", reason.code().id(), "reason", reason.getMessage())));
  }

  private StudyEntity lock(StudyInstanceUid uid) {
    return studies
        .lockStudy(uid)
        .orElseThrow(
            () -> new VigilException(ErrorCode.IMAGING_0004, Map.of("study", uid.value())));
  }

  /** Inserts rows and bytes; false where the same object is there already. */
  private boolean[] insert(List<Place> places) {
    List<NewInstance> rows =
        places.stream()
            .map(Place::arrival)
            .map(
                a ->
                    row(
                        a.incoming().header(),
                        a.incoming().transferSyntaxUid(),
                        Origin.ACQUIRED,
                        a.draft(),
                        a.incoming().at()))
            .toList();
    boolean[] isNew = studies.insertInstances(rows);
    for (int i = 0; i < isNew.length; i++) {
      keep(rows.get(i), isNew[i], places.get(i).arrival().draft());
    }
    return isNew;
  }

  private static NewInstance row(
      ObjectHeader header, String transferSyntaxUid, Origin origin, Draft draft, Instant at) {
    return new NewInstance(
        header,
        transferSyntaxUid,
        origin,
        draft.length(),
        draft.sha256(),
        ObjectLocation.of(header, draft.sha256()),
        draft.storedAs(),
        at);
  }

  private void keep(NewInstance row, boolean isNew, Draft draft) {
    if (isNew) {
      draft.place(row.location());
      return;
    }
    ObjectHeader header = row.header();
    InstanceEntity first =
        studies
            .instance(header.instance())
            .orElseThrow(() -> new VigilException(ErrorCode.KERNEL_0005));
    if (!first.sha256().equals(draft.sha256())) {
      throw new VigilException(
          ErrorCode.IMAGING_0007, Map.of("sopInstance", header.instance().value()));
    }
    if (first.isReleased()
        || !store.holds(TenantContext.current(), first.location(), first.storedBytes())) {
      LOG.warn("Object {} was not kept here; restored by its sender", header.instance());
      // Before the file is there: whoever removes what lay here waits, or has done so.
      removals.keep(row.location());
      draft.place(row.location());
      studies.stored(header.instance(), row.location(), draft.storedAs());
    }
  }

  private static void warnOfOtherPatient(StudyEntity study, ObjectHeader header) {
    if (header.patientId() != null
        && study.patientId() != null
        && !header.patientId().equals(study.patientId())) {
      LOG.warn(
          "Object {} names another patient than the first object of study {}",
          header.instance(),
          header.study());
    }
  }

  /**
   * Where an object belongs.
   *
   * @param study locked
   * @param newStudy whether the object is its first
   * @param fetched whether the object is part of a prior
   * @param promoted whether it makes a prior a study that is to be read
   */
  private record Place(
      Arrival arrival, StudyEntity study, boolean newStudy, boolean fetched, boolean promoted) {}

  /** An object as it came, with its bytes. */
  public record Arrival(Incoming incoming, Draft draft) {}

  /**
   * What is known of an object that came.
   *
   * @param sender calling AE title and address
   * @param ownRequest whether it says that Vigil asked for it; null where it does not say
   * @param firstOfStudy whether it is the first of its study in this conversation
   * @param firstOfSeries likewise of its series
   * @param fetched whether the conversation brings it as part of a prior; null when that has not
   *     been found out yet
   */
  public record Incoming(
      ObjectHeader header,
      String transferSyntaxUid,
      Actor sender,
      Boolean ownRequest,
      boolean firstOfStudy,
      boolean firstOfSeries,
      Boolean fetched,
      Instant at) {}

  /**
   * The answer to an object.
   *
   * @param header what was read out of it
   * @param isNew false when the same bytes were stored before
   * @param concernsReading whether it adds to a study that is to be read; false for what was there
   *     before and for priors
   * @param fetched whether it is part of a prior that Vigil has asked for
   * @param dueAt when its study is complete unless more comes; null when that has not changed
   */
  public record Receipt(
      ObjectHeader header,
      boolean isNew,
      boolean concernsReading,
      boolean fetched,
      Instant dueAt) {}
}
