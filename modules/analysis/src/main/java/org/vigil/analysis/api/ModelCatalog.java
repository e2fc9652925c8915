package org.vigil.analysis.api;

import java.util.List;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.StudyView;

/**
 * Port: which models run on a study. Implemented by inference; analysis asks, since it may not
 * depend on inference.
 */
public interface ModelCatalog {
  /** For each model deployed for the current tenant, whether it fits the study and why not. */
  List<ModelFit> fit(StudyView study, List<InstanceView> instances);

  /**
   * One model's answer.
   *
   * @param image the instance it would analyse, or null when it does not fit
   * @param reasonNotAccepted a sentence without patient data, or null when it fits
   */
  record ModelFit(
      String modelId,
      String modelVersion,
      String modelName,
      InstanceView image,
      String reasonNotAccepted) {

    public boolean accepted() {
      return reasonNotAccepted == null;
    }
  }
}
