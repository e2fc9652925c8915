package org.vigil.inference.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.vigil.inference.domain.ModelPackage;

/** A model version as it was imported: {@code platform.model_version}. */
@Entity
@Table(name = "model_version", schema = "platform")
public class ModelVersionEntity {
  @EmbeddedId private Key key;

  @Column(nullable = false)
  private String name;

  @Column(nullable = false)
  private String manifest;

  @Column(name = "model_card", nullable = false)
  private String modelCard;

  @Column(name = "model_sha256", nullable = false)
  private String modelSha256;

  @Column(name = "package_sha256", nullable = false)
  private String packageSha256;

  @Column(nullable = false)
  private String uid;

  @Column(name = "imported_at", nullable = false)
  private Instant importedAt;

  protected ModelVersionEntity() {}

  public ModelVersionEntity(ModelPackage model, Instant importedAt) {
    this.key = Key.of(model);
    this.name = model.manifest().name();
    this.manifest = model.manifestYaml();
    this.modelCard = model.modelCard();
    this.modelSha256 = model.modelSha256();
    this.packageSha256 = model.packageSha256();
    this.uid = model.uid();
    this.importedAt = importedAt;
  }

  public String packageSha256() {
    return packageSha256;
  }

  public Instant importedAt() {
    return importedAt;
  }

  /** Model and version. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "model_id")
    private String modelId;

    private String version;

    protected Key() {}

    private Key(String modelId, String version) {
      this.modelId = modelId;
      this.version = version;
    }

    public static Key of(ModelPackage model) {
      return new Key(model.manifest().id(), model.manifest().version());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && modelId.equals(key.modelId) && version.equals(key.version);
    }

    @Override
    public int hashCode() {
      return Objects.hash(modelId, version);
    }
  }
}
