package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.api.PriorStudy;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.domain.PacsTaskKind;
import org.vigil.imaging.domain.PriorCandidate;
import org.vigil.imaging.domain.PriorRules;
import org.vigil.imaging.domain.PriorRules.Choice;
import org.vigil.imaging.domain.PriorRules.Wish;
import org.vigil.imaging.persistence.PacsTaskRepository;
import org.vigil.imaging.persistence.PriorRepository;
import org.vigil.imaging.persistence.PriorStudyEntity;
import org.vigil.imaging.persistence.ScheduledProcedureEntity;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.AuditEvent.Outcome;
import org.vigil.kernel.StudyInstanceUid;

/** Priors of the current tenant's patients: which are wanted, which are here. */
@ApplicationScoped
@Transactional
public class PriorShelf {
  private static final Actor IMAGING = Actor.system("imaging");

  @Inject private PriorRepository priors;
  @Inject private StudyRepository studies;
  @Inject private PacsTaskRepository tasks;
  @Inject private Event<AuditEvent> audit;

  private PriorRules rules;

  @Inject
  void configure(
      @ConfigProperty(name = "vigil.priors.limit", defaultValue = "3") int limit,
      @ConfigProperty(name = "vigil.priors.max-age", defaultValue = "P5Y") String maxAge,
      @ConfigProperty(name = "vigil.priors.max-instances", defaultValue = "2000") int instances) {
    rules = new PriorRules(limit, Period.parse(maxAge), instances);
  }

  /**
   * What an order's priors are searched by; empty when it is cancelled or names no patient.
   *
   * @param zone of the hospital
   */
  public Optional<Wish> wish(UUID order, ZoneId zone) {
    return priors
        .procedure(order)
        .filter(p -> p.status() != ScheduledProcedureEntity.Status.CANCELLED)
        .filter(p -> p.patientId() != null)
        .map(
            p ->
                new Wish(
                    p.patientId(),
                    p.issuerOfPatientId(),
                    p.patientBirthDate(),
                    p.accessionNumber(),
                    LocalDate.ofInstant(p.scheduledAt(), zone),
                    p.modality(),
                    p.procedureText()));
  }

  /** Chooses among what a node has, and plans to fetch it. */
  public void found(UUID order, Wish wish, PacsNode node, List<PriorCandidate> candidates) {
    Instant now = Clock.systemUTC().instant();
    List<Choice> chosen = rules.choose(wish, candidates);
    int wanted = 0;
    for (Choice choice : chosen) {
      StudyInstanceUid study = choice.study().study();
      Optional<PriorStudyEntity> known = priors.prior(study);
      if (known.isEmpty() && studies.study(study).isEmpty()) {
        priors.add(new PriorStudyEntity(choice.study(), node.name(), choice.relevance(), now));
      } else if (known.filter(p -> p.state() == PriorStudy.State.FAILED).isPresent()) {
        known.get().wantedFrom(node.name(), now);
      } else {
        continue;
      }
      tasks.add(PacsTaskKind.FETCH_PRIOR, study.value(), node.name(), now);
      wanted++;
    }
    audit.fire(
        AuditEvent.of(Action.PRIORS_QUERIED, IMAGING)
            .about(null, wish.patientId())
            .on(order.toString())
            .with(
                Map.of(
                    "node", node.name(),
                    "found", Integer.toString(candidates.size()),
                    "relevant", Integer.toString(chosen.size()),
                    "wanted", Integer.toString(wanted))));
  }

  /**
   * Whether an object that comes is part of a prior that is being fetched.
   *
   * @param ownRequest whether it says that Vigil asked for it; null where it does not say
   * @param sender calling AE title
   */
  public boolean isExpected(
      StudyInstanceUid study, Boolean ownRequest, String sender, NodeNames nodes) {
    if (Boolean.FALSE.equals(ownRequest)) {
      return false;
    }
    return priors
        .prior(study)
        .filter(prior -> prior.state() != PriorStudy.State.STORED || ownRequest != null)
        .filter(prior -> ownRequest != null || prior.node().equals(nodes.ofAeTitle(sender)))
        .isPresent();
  }

  /** The name of the node with an AE title, or null. */
  @FunctionalInterface
  public interface NodeNames {
    String ofAeTitle(String aeTitle);
  }

  /**
   * A node says it has sent all of a study.
   *
   * @return how many objects of it are here
   */
  public int fetched(StudyInstanceUid study, PacsNode node) {
    int here = priors.instancesOf(study);
    if (here == 0) {
      return 0;
    }
    Instant now = Clock.systemUTC().instant();
    studies
        .lockStudy(study)
        .filter(s -> s.isPrior() && !s.isComplete())
        .ifPresent(s -> s.completed(now));
    priors
        .prior(study)
        .ifPresent(
            prior -> {
              prior.stored(now);
              audit.fire(
                  AuditEvent.of(Action.PRIOR_RETRIEVED, IMAGING)
                      .about(study, prior.patientId())
                      .with(Map.of("node", node.name(), "instances", Integer.toString(here))));
            });
    return here;
  }

  /** A node does not give a study. */
  public void failed(StudyInstanceUid study, String node, String reason) {
    priors
        .prior(study)
        .ifPresent(
            prior -> {
              prior.failed(reason);
              audit.fire(
                  AuditEvent.of(Action.PRIOR_RETRIEVED, IMAGING)
                      .outcome(Outcome.FAILURE)
                      .about(study, prior.patientId())
                      .with(Map.of("node", node)));
            });
  }

  /** A study's priors: the same patient's earlier studies, here or wanted, the newest first. */
  public List<PriorStudy> of(StudyInstanceUid uid) {
    Optional<StudyView> found = studies.study(uid).map(StudyEntity::view);
    if (found.isEmpty() || found.get().patientId() == null) {
      return List.of();
    }
    StudyView study = found.get();
    Map<StudyInstanceUid, PriorStudy> all = new LinkedHashMap<>();
    for (StudyEntity other : priors.studiesOf(study.patientId(), study.issuerOfPatientId(), uid)) {
      StudyView view = other.view();
      if (isEarlier(view.studyDate(), study.studyDate())) {
        all.put(view.studyInstanceUid(), here(other, view));
      }
    }
    List<PriorStudyEntity> wanted = priors.ofPatient(study.patientId(), study.issuerOfPatientId());
    Map<String, String> obstacles =
        tasks.problems(
            PacsTaskKind.FETCH_PRIOR,
            wanted.stream()
                .filter(prior -> prior.state() == PriorStudy.State.WANTED)
                .map(PriorStudyEntity::studyInstanceUid)
                .toList());
    for (PriorStudyEntity prior : wanted) {
      PriorStudy view = prior.view(obstacles.get(prior.studyInstanceUid()));
      if (!view.study().equals(uid) && isEarlier(view.studyDate(), study.studyDate())) {
        all.merge(view.study(), view, PriorShelf::withState);
      }
    }
    List<PriorStudy> sorted = new ArrayList<>(all.values());
    sorted.sort(
        Comparator.comparing(
            PriorStudy::studyDate, Comparator.nullsLast(Comparator.reverseOrder())));
    return sorted;
  }

  private PriorStudy here(StudyEntity study, StudyView view) {
    return new PriorStudy(
        view.studyInstanceUid(),
        view.studyDate(),
        view.modalities(),
        view.studyDescription(),
        study.isComplete() ? PriorStudy.State.STORED : PriorStudy.State.WANTED,
        view.instanceCount(),
        null);
  }

  /** What is here of a study, and how far fetching it is. */
  private static PriorStudy withState(PriorStudy here, PriorStudy fetched) {
    return new PriorStudy(
        here.study(),
        here.studyDate(),
        here.modalities(),
        here.studyDescription(),
        fetched.state(),
        here.instances(),
        fetched.problem());
  }

  private static boolean isEarlier(LocalDate prior, LocalDate current) {
    return prior == null || current == null || !prior.isAfter(current);
  }
}
