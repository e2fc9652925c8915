package org.vigil.analysis.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.vigil.analysis.api.OrderView;
import org.vigil.analysis.api.Orders;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.analysis.api.Worklist.Change;
import org.vigil.analysis.domain.ImagingOrder;
import org.vigil.analysis.domain.OrderMatcher;
import org.vigil.analysis.domain.PatientComparison;
import org.vigil.analysis.domain.PatientIdentity;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.MatchKeys;
import org.vigil.analysis.persistence.MatchLocks;
import org.vigil.analysis.persistence.OrderRepository;
import org.vigil.analysis.persistence.WorklistRepository;
import org.vigil.imaging.api.ProcedureOrdered;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.Priority;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** Applies what the RIS says of its orders, and finds studies that came first. */
@ApplicationScoped
@Transactional
public class OrderBook implements Orders {
  private OrderRepository orders;
  private WorklistRepository worklist;
  private WorklistLines lines;
  private MatchLocks locks;
  private StudyMatching matching;
  private JobPlanning jobs;
  private Event<AuditEvent> audit;
  private Event<ProcedureOrdered> ordered;

  protected OrderBook() {}

  @Inject
  public OrderBook(
      OrderRepository orders,
      WorklistRepository worklist,
      WorklistLines lines,
      MatchLocks locks,
      StudyMatching matching,
      JobPlanning jobs,
      Event<AuditEvent> audit,
      Event<ProcedureOrdered> ordered) {
    this.orders = orders;
    this.worklist = worklist;
    this.lines = lines;
    this.locks = locks;
    this.matching = matching;
    this.jobs = jobs;
    this.audit = audit;
    this.ordered = ordered;
  }

  @Override
  public OrderView apply(PlaceOrder command) {
    if (command.control() == null
        || command.placerOrderNumber() == null
        || command.placerOrderNumber().isBlank()) {
      throw new VigilException(
          ErrorCode.KERNEL_0003,
          Map.of("missing", command.control() == null ? "control" : "placerOrderNumber"));
    }
    String facility = ImagingOrder.facility(command);
    locks.hold(
        MatchKeys.ofOrder(
            command.placerOrderNumber(), facility, command.accessionNumber(), command.patientId()));
    Optional<ImagingOrder> known = orders.lockByPlacer(command.placerOrderNumber(), facility);
    if (command.control() == PlaceOrder.Control.CANCEL) {
      ImagingOrder order = known.orElseThrow(() -> new VigilException(ErrorCode.ANALYSIS_0002));
      order.cancel();
      note(order, command);
      tellModalities(order);
      return order.view();
    }
    ImagingOrder order = known.orElseGet(() -> ImagingOrder.place(command, WorklistLines.now()));
    PatientIdentity patientBefore = order.patient();
    String accessionBefore = order.accessionNumber();
    if (known.isPresent()) {
      order.change(command);
    } else {
      orders.add(order);
    }
    note(order, command);
    tellModalities(order);
    boolean identityChanged =
        !order.patient().equals(patientBefore)
            || !Objects.equals(order.accessionNumber(), accessionBefore);
    for (StudyInstanceUid study : worklist.concernedBy(order)) {
      reconsider(lines.lock(study), order, identityChanged);
    }
    return order.view();
  }

  /** What a new or changed order means for a study that is already here. */
  private void reconsider(WorklistEntry entry, ImagingOrder order, boolean identityChanged) {
    switch (entry.matchStatus()) {
      case UNMATCHED -> settleLate(entry, matching.match(entry));
      case QUARANTINED -> {
        boolean inQuestion =
            entry.suspectedOrderId() == null || entry.suspectedOrderId().equals(order.id());
        OrderMatcher.Outcome outcome = matching.match(entry);
        // Only what the RIS has corrected is taken out of quarantine without a person.
        if (inQuestion && outcome instanceof OrderMatcher.Matched) {
          settleLate(entry, outcome);
        }
      }
      case MATCHED -> {
        // A person's or the matcher's decision stands until the order names another patient.
        PatientComparison patients = PatientComparison.of(order.patient(), entry.patient());
        if (identityChanged && patients.conflict()) {
          order.unmatchedFrom(entry.study());
          matching.quarantine(entry, order, patients.differences());
          lines.announce(entry, Change.Reason.STATUS);
        } else if (entry.orderPriority() != order.priority()) {
          follow(entry, order.priority());
        }
      }
    }
  }

  private void settleLate(WorklistEntry entry, OrderMatcher.Outcome outcome) {
    if (matching.settle(entry, outcome)) {
      if (outcome instanceof OrderMatcher.Matched matched) {
        matching.matchedAfterwards(entry, matched.order(), StudyMatching.ANALYSIS);
      }
      lines.announce(entry, Change.Reason.STATUS);
    }
  }

  private void follow(WorklistEntry entry, Priority priority) {
    entry.orderPriority(priority);
    jobs.raise(entry);
    lines.announce(entry, Change.Reason.STATUS);
  }

  /** The modality worklist and the search for priors are imaging's. */
  private void tellModalities(ImagingOrder order) {
    OrderView o = order.view();
    ordered.fire(
        new ProcedureOrdered(
            o.id(),
            o.status() == OrderView.Status.CANCELLED,
            o.accessionNumber(),
            order.issuerOfAccessionNumber(),
            o.placerOrderNumber(),
            o.fillerOrderNumber(),
            o.patientId(),
            o.issuerOfPatientId(),
            o.patientName(),
            o.patientBirthDate(),
            o.patientSex(),
            o.procedureCode(),
            o.procedureText(),
            o.modality(),
            o.priority(),
            o.orderingProviderName(),
            o.reasonForStudy(),
            o.orderedAt()));
  }

  private void note(ImagingOrder order, PlaceOrder command) {
    Actor sender =
        Actor.peer(
            command.sendingApplication() == null ? "unknown" : command.sendingApplication(), null);
    audit.fire(
        AuditEvent.of(Action.ORDER_RECEIVED, sender)
            .about(null, order.patient().id())
            .on(order.id().toString())
            .with(
                Map.of(
                    "control", command.control().name().toLowerCase(Locale.ROOT),
                    "priority", order.priority().term())));
  }

  @Override
  public Optional<OrderView> find(UUID id) {
    return orders.find(id).map(ImagingOrder::view);
  }

  @Override
  public List<OrderView> awaitingStudy() {
    return orders.awaitingStudy().stream().map(ImagingOrder::view).toList();
  }

  @Override
  public List<OrderView> recent(int limit) {
    return orders.recent(limit).stream().map(ImagingOrder::view).toList();
  }
}
