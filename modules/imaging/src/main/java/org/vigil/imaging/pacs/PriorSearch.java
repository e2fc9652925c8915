package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.application.PriorShelf;
import org.vigil.imaging.domain.PacsTaskKind;
import org.vigil.imaging.domain.PriorCandidate;
import org.vigil.imaging.domain.PriorRules.Wish;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;

/** Asks a PACS which studies it has of an order's patient. */
@ApplicationScoped
public class PriorSearch implements PacsTaskHandler {
  @Inject private PriorShelf shelf;
  @Inject private PacsLines lines;
  @Inject private StudyQuery query;
  @Inject private TenantDirectory tenants;

  @Override
  public boolean handles(PacsTaskKind kind) {
    return kind == PacsTaskKind.FIND_PRIORS;
  }

  @Override
  public void perform(PacsTask task, PacsNode node) {
    UUID order = UUID.fromString(task.subject());
    Optional<Wish> wish = shelf.wish(order, tenants.require(TenantContext.current()).timeZone());
    if (wish.isEmpty()) {
      return;
    }
    List<PriorCandidate> found =
        lines.call(node, () -> query.studiesOf(node, wish.get().patientId()));
    shelf.found(order, wish.get(), node, found);
  }

  @Override
  public void givenUp(PacsTask task, String reason) {
    // The order stands without priors; the reading does not wait for them.
  }
}
