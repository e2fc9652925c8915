package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.vigil.analysis.api.Worklist;
import org.vigil.analysis.domain.ImagingOrder;
import org.vigil.analysis.domain.ReadingOrder;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.OrderRepository;
import org.vigil.analysis.persistence.WorklistRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.FeatureChanged;
import org.vigil.tenancy.api.FeatureSettings;

/** The reading order, and what people do with its lines. */
@ApplicationScoped
@Transactional
public class ReadingList implements Worklist {
  /** Read studies shown below the others. */
  private static final int READ_SHOWN = 500;

  private static final int LONGEST_REASON = 500;

  private WorklistRepository worklist;
  private OrderRepository orders;
  private WorklistLines lines;
  private StudyMatching matching;
  private JobPlanning jobs;
  private AiClearance clearance;
  private WorklistBroadcast broadcast;

  protected ReadingList() {}

  @Inject
  public ReadingList(
      WorklistRepository worklist,
      OrderRepository orders,
      WorklistLines lines,
      StudyMatching matching,
      JobPlanning jobs,
      AiClearance clearance,
      WorklistBroadcast broadcast) {
    this.worklist = worklist;
    this.orders = orders;
    this.lines = lines;
    this.matching = matching;
    this.jobs = jobs;
    this.clearance = clearance;
    this.broadcast = broadcast;
  }

  @Override
  public List<Entry> entries(boolean includeRead) {
    List<WorklistEntry> byArrival = worklist.open();
    Map<WorklistEntry, Integer> arrival = new HashMap<>();
    for (WorklistEntry entry : byArrival) {
      arrival.put(entry, arrival.size() + 1);
    }
    FeatureSettings switches = clearance.switches();
    List<WorklistEntry> inOrder = new ArrayList<>(byArrival);
    inOrder.sort(
        Comparator.comparing(
            entry -> entry.line(isFlagged(switches, entry)), ReadingOrder.comparator()));
    if (includeRead) {
      for (WorklistEntry read : worklist.read(READ_SHOWN)) {
        arrival.put(read, arrival.size() + 1);
        inOrder.add(read);
      }
    }
    Map<String, List<UUID>> analyses = worklist.analyses(includeRead);
    List<Entry> entries = new ArrayList<>(inOrder.size());
    for (WorklistEntry entry : inOrder) {
      entries.add(
          entry(
              entry,
              entries.size() + 1,
              arrival.get(entry),
              isFlagged(switches, entry),
              analyses.getOrDefault(entry.study().value(), List.of())));
    }
    return entries;
  }

  @Override
  public Optional<Entry> find(StudyInstanceUid study) {
    return worklist.find(study).map(this::placed);
  }

  /** Whether findings may move a study up: only where flagging is on for all its images. */
  private static boolean isFlagged(FeatureSettings switches, WorklistEntry entry) {
    return switches.isEnabledForAll(AiFeature.FLAGGING, entry.identity().modalities());
  }

  private Entry placed(WorklistEntry entry) {
    FeatureSettings switches = clearance.switches();
    List<ReadingOrder.Line> open =
        worklist.openLines(kinds -> switches.isEnabledForAll(AiFeature.FLAGGING, kinds));
    ReadingOrder.Line own = entry.line(isFlagged(switches, entry));
    int position;
    int arrivalPosition;
    if (entry.readingStatus() == ReadingStatus.READ) {
      position = open.size() + 1 + (int) worklist.readAfter(entry);
      arrivalPosition = position;
    } else {
      Comparator<ReadingOrder.Line> order = ReadingOrder.comparator();
      position = 1 + (int) open.stream().filter(line -> order.compare(line, own) < 0).count();
      arrivalPosition = 1 + open.indexOf(own);
    }
    return entry(
        entry,
        position,
        arrivalPosition,
        isFlagged(switches, entry),
        worklist.analyses(entry.study()));
  }

  private static Entry entry(
      WorklistEntry entry,
      int position,
      int arrivalPosition,
      boolean flagged,
      List<UUID> analyses) {
    return new Entry(
        position,
        arrivalPosition,
        entry.study(),
        entry.accessionNumber(),
        entry.patient().name(),
        entry.patient().id(),
        entry.patient().birthDate(),
        entry.patient().sex(),
        entry.modality(),
        entry.studyDescription(),
        entry.receivedAt(),
        entry.lastImageAt(),
        entry.rankedAt(),
        entry.orderPriority(),
        flagged ? entry.severity() : null,
        entry.aiStatus(),
        entry.aiNotRunReason(),
        entry.matchStatus(),
        entry.readingStatus(),
        flagged ? entry.topFindingLabel() : null,
        flagged ? entry.topFindingConfidence() : null,
        List.copyOf(analyses));
  }

  @Override
  public void setReadingStatus(StudyInstanceUid study, ReadingStatus status, Actor actor) {
    if (status == null) {
      throw new VigilException(ErrorCode.KERNEL_0003, Map.of("missing", "readingStatus"));
    }
    WorklistEntry entry = lines.lock(study);
    if (entry.reading(status, actor.name(), WorklistLines.now())) {
      matching.note(
          Action.READING_STATUS_CHANGED,
          entry,
          entry.orderId(),
          actor,
          Map.of(
              "readingStatus",
              status.name().toLowerCase(Locale.ROOT),
              "severity",
              entry.severity() == null ? "" : entry.severity().term()));
      lines.announce(entry, Change.Reason.STATUS);
    }
  }

  @Override
  public List<Quarantined> quarantine() {
    return worklist.quarantined().stream()
        .map(
            e ->
                new Quarantined(
                    e.study(), e.suspectedOrderId(), e.differences(), e.quarantinedAt()))
        .toList();
  }

  @Override
  public void release(StudyInstanceUid study, String reason, Actor actor) {
    Map<String, String> why = required(reason);
    WorklistEntry entry = lines.lockForMatching(study);
    entry.mustBeQuarantined();
    ImagingOrder order =
        orders
            .lock(entry.suspectedOrderId())
            .orElseThrow(() -> new VigilException(ErrorCode.ANALYSIS_0002));
    why.put("differences", String.join(",", entry.differences()));
    entry.matchTo(order);
    order.matchedTo(study);
    matching.note(Action.STUDY_RELEASED, entry, order.id(), actor, why);
    matching.matchedAfterwards(entry, order, actor);
    lines.announce(entry, Change.Reason.STATUS);
  }

  @Override
  public void reject(StudyInstanceUid study, String reason, Actor actor) {
    Map<String, String> why = required(reason);
    WorklistEntry entry = lines.lockForMatching(study);
    entry.mustBeQuarantined();
    UUID order = entry.suspectedOrderId();
    why.put("differences", String.join(",", entry.differences()));
    entry.reject(
        order == null
            ? orders.candidates(entry.identity()).stream().map(ImagingOrder::id).toList()
            : List.of(order));
    matching.note(Action.STUDY_REJECTED, entry, order, actor, why);
    jobs.planFirst(entry, actor);
    lines.announce(entry, Change.Reason.STATUS);
  }

  private static Map<String, String> required(String reason) {
    if (reason == null || reason.isBlank()) {
      throw new VigilException(ErrorCode.ANALYSIS_0006);
    }
    if (reason.length() > LONGEST_REASON) {
      throw new VigilException(
          ErrorCode.KERNEL_0003, Map.of("field", "reason", "longest", LONGEST_REASON));
    }
    Map<String, String> details = new HashMap<>();
    details.put("reason", reason.strip());
    return details;
  }

  @Override
  public Totals totals() {
    return worklist.totals();
  }

  /** Switching a feature may put the whole list into another order. */
  void onSwitched(@Observes FeatureChanged change) {
    lines.announceAll();
  }

  @Override
  @Transactional(Transactional.TxType.SUPPORTS)
  public Subscription subscribe(TenantId tenant, Consumer<Change> listener) {
    return broadcast.subscribe(tenant, listener);
  }
}
