package org.vigil.inference.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A model, whatever its version: {@code platform.model}. */
@Entity
@Table(name = "model", schema = "platform")
public class ModelEntity {
  @Id private String id;

  @Column(name = "created_at", nullable = false)
  private Instant createdAt;

  protected ModelEntity() {}

  public ModelEntity(String id, Instant createdAt) {
    this.id = id;
    this.createdAt = createdAt;
  }
}
