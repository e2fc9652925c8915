package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.imaging.api.AllowedCaller;
import org.vigil.imaging.domain.AeTitles;
import org.vigil.imaging.domain.CallerList;
import org.vigil.imaging.persistence.AllowedCallerEntity;
import org.vigil.imaging.persistence.AllowedCallerRepository;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** The allowed callers of the current tenant as they are written down. */
@ApplicationScoped
@Transactional
public class AllowedCallerBook {
  private final AllowedCallerRepository callers;
  private final Event<AuditEvent> audit;

  @Inject
  public AllowedCallerBook(AllowedCallerRepository callers, Event<AuditEvent> audit) {
    this.callers = callers;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected AllowedCallerBook() {
    this(null, null);
  }

  public List<AllowedCaller> list() {
    return callers.all().stream().map(AllowedCallerEntity::view).toList();
  }

  /**
   * Adds or changes a caller.
   *
   * @throws VigilException IMAGING-0052
   */
  public AllowedCaller set(AllowedCaller described, Actor actor) {
    AllowedCaller caller = CallerList.checked(described);
    Instant now = Clock.systemUTC().instant();
    Optional<AllowedCallerEntity> known = callers.lock(caller.aeTitle());
    if (known.isPresent()) {
      known.get().describe(caller, actor.name(), now);
    } else {
      callers.add(new AllowedCallerEntity(caller, actor.name(), now));
    }
    note("set", caller, actor);
    return caller;
  }

  /**
   * Removes a caller.
   *
   * @throws VigilException IMAGING-0053
   */
  public void remove(String aeTitle, Actor actor) {
    AllowedCallerEntity caller =
        callers
            .lock(AeTitles.significant(aeTitle))
            .orElseThrow(() -> new VigilException(ErrorCode.IMAGING_0053));
    callers.remove(caller);
    note("removed", caller.view(), actor);
  }

  private void note(String what, AllowedCaller caller, Actor actor) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.CONFIGURATION_CHANGED, actor)
            .on("allowed-caller/" + caller.aeTitle())
            .with(
                Map.of(
                    "setting",
                    "allowed caller",
                    "change",
                    what,
                    "networks",
                    String.join(",", caller.networks()))));
  }
}
