package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import org.vigil.imaging.api.InstanceView.Origin;

/**
 * A series of a study, described by its first object. Written once, by {@link
 * StudyRepository#ensureSeries}; never changed.
 */
@Entity(name = "Series")
@Table(name = "series")
public class SeriesEntity {
  @EmbeddedId private SeriesKey key;

  @Column(name = "modality")
  private String modality;

  @Column(name = "series_number")
  private Integer seriesNumber;

  @Column(name = "series_description")
  private String seriesDescription;

  @Column(name = "body_part")
  private String bodyPart;

  @Enumerated(EnumType.STRING)
  @Column(name = "origin", nullable = false)
  private Origin origin;

  /** For Hibernate. */
  protected SeriesEntity() {}

  public SeriesKey key() {
    return key;
  }

  public String modality() {
    return modality;
  }

  public Integer seriesNumber() {
    return seriesNumber;
  }

  public String seriesDescription() {
    return seriesDescription;
  }
}
