package org.vigil.inference.api;

import java.time.Instant;
import java.util.List;

/** The model versions this installation has, and those deployed for the current tenant. */
public interface Models {
  List<ModelView> deployed();

  /**
   * A model version.
   *
   * @param sha256 of model.onnx
   * @param modelCard Markdown
   */
  record ModelView(
      String id,
      String version,
      String name,
      String intendedUse,
      boolean notForClinicalUse,
      boolean enabled,
      List<String> modalities,
      List<String> bodyParts,
      List<String> labels,
      String sha256,
      String modelCard,
      Instant importedAt) {}
}
