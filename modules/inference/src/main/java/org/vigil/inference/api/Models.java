package org.vigil.inference.api;

import java.time.Instant;
import java.util.List;
import org.vigil.kernel.Actor;

/** The model versions this installation has, and those deployed for the current tenant. */
public interface Models {
  List<ModelView> deployed();

  /**
   * Decides about a model for the current tenant.
   *
   * @param version to use, or null for the newest installed
   * @param reason recorded; required
   * @throws org.vigil.kernel.VigilException INFERENCE-0002 when it is not installed; TENANCY-0011
   *     without a reason
   */
  ModelView decide(String modelId, String version, boolean enabled, String reason, Actor actor);

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
