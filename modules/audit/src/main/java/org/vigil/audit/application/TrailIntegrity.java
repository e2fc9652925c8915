package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.vigil.audit.api.AuditIntegrity;
import org.vigil.audit.domain.Anchor;
import org.vigil.audit.domain.ChainRecords;
import org.vigil.audit.domain.ChainVerifier;
import org.vigil.audit.domain.InclusionProof;
import org.vigil.audit.domain.SealHead;
import org.vigil.audit.domain.VerificationReport;
import org.vigil.audit.persistence.AuditEventRepository;
import org.vigil.audit.persistence.OwnerTrails;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Checks trails and proves events; outside JTA, since a check may take longer than a transaction.
 */
@ApplicationScoped
public class TrailIntegrity implements AuditIntegrity {
  private static final int MOST_ANCHORS = 100;

  @Inject private OwnerTrails trails;
  @Inject private SealingKeys keys;
  @Inject private Sealing sealing;
  @Inject private Anchoring anchoring;
  @Inject private Event<AuditEvent> audit;

  @Override
  @Transactional(TxType.NEVER)
  public Verification verify(Actor actor) {
    VerificationReport report = check(AuditEventRepository.schema());
    audit.fire(
        AuditEvent.of(Action.AUDIT_VERIFIED, actor)
            .outcome(report.isIntact() ? Outcome.SUCCESS : Outcome.FAILURE)
            .with(
                Map.of(
                    "events", Long.toString(report.events()),
                    "wrong", Long.toString(report.wrong()))));
    return new Verification(
        report.isIntact(),
        report.seals(),
        report.events(),
        report.pending(),
        report.deleted(),
        report.anchors(),
        report.wrong(),
        report.findings().stream()
            .map(f -> new Problem(f.kind().name(), f.event(), f.occurredAt(), f.seal(), f.what()))
            .toList());
  }

  /** Checks a trail against everything this server keeps outside the database. */
  VerificationReport check(String schema) {
    try {
      List<SealHead> heads = ChainRecords.heads(sealing.heads(), schema);
      List<Anchor> anchors = ChainRecords.anchors(anchoring.directory(), schema);
      return trails.onSnapshot(
          schema,
          (trail, connection) ->
              new ChainVerifier(trail, keys.trusted())
                  .withHeads(heads)
                  .withAnchors(anchors)
                  .verify());
    } catch (IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit heads"), e);
    }
  }

  @Override
  @Transactional(TxType.NEVER)
  public String prove(long event, Actor actor) {
    String proof =
        trails.onSnapshot(
            AuditEventRepository.schema(),
            (trail, connection) -> InclusionProof.of(trail, event).toPrettyString());
    audit.fire(AuditEvent.of(Action.AUDIT_PROVED, actor).on(Long.toString(event)));
    return proof;
  }

  @Override
  public List<AnchoredDay> anchors() {
    List<Anchor> all = kept();
    return all.subList(Math.max(0, all.size() - MOST_ANCHORS), all.size()).stream()
        .sorted(Comparator.comparing(Anchor::day).reversed())
        .map(
            a ->
                new AnchoredDay(
                    a.day(), a.firstSeal(), a.lastSeal(), a.eventTotal(), a.anchoredAt()))
        .toList();
  }

  @Override
  @Transactional(TxType.NEVER)
  public String anchor(LocalDate day, Actor actor) {
    Anchor anchor =
        kept().stream()
            .filter(a -> a.day().equals(day))
            .findFirst()
            .orElseThrow(() -> new VigilException(ErrorCode.AUDIT_0009, Map.of("day", day)));
    audit.fire(AuditEvent.of(Action.AUDIT_PROVED, actor).on("anchor " + day));
    return ChainRecords.text(anchor);
  }

  private List<Anchor> kept() {
    return trails.onSnapshot(AuditEventRepository.schema(), (trail, connection) -> trail.anchors());
  }
}
