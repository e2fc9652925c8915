package org.vigil.imaging.pacs;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.application.PriorShelf;
import org.vigil.imaging.domain.PacsTaskKind;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;

/** Fetches one prior; what has come before an interruption is not lost and not doubled. */
@ApplicationScoped
public class PriorFetch implements PacsTaskHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PriorFetch.class);

  @Inject private PriorShelf shelf;
  @Inject private PacsLines lines;
  @Inject private StudyRetrieval retrieval;

  @Override
  public boolean handles(PacsTaskKind kind) {
    return kind == PacsTaskKind.FETCH_PRIOR;
  }

  @Override
  public void perform(PacsTask task, PacsNode node) {
    StudyInstanceUid study = StudyInstanceUid.of(task.subject());
    String missing = lines.call(node, () -> retrieval.fetch(node, study));
    if (missing != null) {
      throw new VigilException(
          ErrorCode.IMAGING_0035, Map.of("node", node.name(), "cause", missing));
    }
    int here = shelf.fetched(study, node);
    if (here == 0) {
      throw new VigilException(
          ErrorCode.IMAGING_0035, Map.of("node", node.name(), "cause", "no object came"));
    }
    LOG.info("Prior study {} fetched from {}: {} objects", study, node.name(), here);
  }

  @Override
  public void givenUp(PacsTask task, String reason) {
    shelf.failed(StudyInstanceUid.of(task.subject()), task.node(), reason);
  }
}
