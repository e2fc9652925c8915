package org.vigil.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vigil.imaging.api.Studies;
import org.vigil.imaging.api.StudyView;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.AccessRights;
import org.vigil.tenancy.api.Permission;

/**
 * Whether the caller's permission reaches a study: grants may be limited to modalities. Where they
 * are not, nothing is looked up.
 */
@RequestScoped
public class StudyAccess {
  @Inject private CurrentUser currentUser;
  @Inject private Studies studies;
  @Inject private Event<AuditEvent> audit;

  private final Set<StudyInstanceUid> recorded = new HashSet<>();

  /**
   * Refuses, and audits it, where the study is of a modality beyond the caller's grants. An unknown
   * study passes, so that the resource can say that it is unknown.
   *
   * @throws VigilException IDENTITY-0003
   */
  public void require(Permission permission, StudyInstanceUid study) {
    if (!reaches(permission, study)) {
      throw refused(permission, study);
    }
  }

  /** The same where the modality is known already. */
  public void require(Permission permission, StudyInstanceUid study, String modality) {
    if (currentUser.isUnderBreakGlass()) {
      recordEmergency(permission, study);
    }
    if (!reaches(permission, modality)) {
      throw refused(permission, study);
    }
  }

  /** Whether the permission reaches a study; where only emergency access does, it is audited. */
  public boolean reaches(Permission permission, StudyInstanceUid study) {
    if (currentUser.isUnderBreakGlass()) {
      recordEmergency(permission, study);
    }
    if (currentUser.rights().onlyModalities(permission).isEmpty()) {
      return true;
    }
    Optional<StudyView> found = studies.find(study);
    return found.isEmpty() || currentUser.rights().has(permission, found.get().modalities());
  }

  /** Whether the permission reaches a modality; several are separated by backslashes. */
  public boolean reaches(Permission permission, String modality) {
    return currentUser.rights().has(permission, modality);
  }

  /** The modalities that the permission is limited to, if it is. */
  public Optional<Set<String>> only(Permission permission) {
    return currentUser.rights().onlyModalities(permission);
  }

  /**
   * Refuses where the permission is limited to modalities: what names none, as workitems do, is
   * reached by no such grant.
   *
   * @throws VigilException IDENTITY-0003
   */
  public void requireUnlimited(Permission permission) {
    if (only(permission).isPresent()) {
      throw new VigilException(ErrorCode.IDENTITY_0003, Map.of("reason", "modality"));
    }
  }

  /** Once a request, where the person's own grants would not have been enough. */
  private void recordEmergency(Permission permission, StudyInstanceUid study) {
    AccessRights own = currentUser.identity().rights();
    boolean enough =
        own.has(permission)
            && (own.onlyModalities(permission).isEmpty()
                || studies.find(study).map(s -> own.has(permission, s.modalities())).orElse(true));
    if (!enough && recorded.add(study)) {
      audit.fire(
          AuditEvent.of(AuditEvent.Action.BREAK_GLASS_USED, currentUser.actor())
              .about(study, null)
              .with(Map.of("permission", permission.name())));
    }
  }

  private VigilException refused(Permission permission, StudyInstanceUid study) {
    audit.fire(
        AuditEvent.of(AuditEvent.Action.ACCESS_REFUSED, currentUser.actor())
            .outcome(AuditEvent.Outcome.REFUSED)
            .about(study, null)
            .with(Map.of("permission", permission.name(), "reason", "modality")));
    return new VigilException(ErrorCode.IDENTITY_0003, Map.of("reason", "modality"));
  }
}
