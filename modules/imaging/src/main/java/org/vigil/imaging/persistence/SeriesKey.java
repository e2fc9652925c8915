package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/** A series inside its study. */
@Embeddable
public class SeriesKey implements Serializable {
  private static final long serialVersionUID = 1L;

  @Column(name = "study_instance_uid", length = 64)
  private String studyInstanceUid;

  @Column(name = "series_instance_uid", length = 64)
  private String seriesInstanceUid;

  /** For Hibernate. */
  protected SeriesKey() {}

  public SeriesKey(String studyInstanceUid, String seriesInstanceUid) {
    this.studyInstanceUid = studyInstanceUid;
    this.seriesInstanceUid = seriesInstanceUid;
  }

  public String studyInstanceUid() {
    return studyInstanceUid;
  }

  public String seriesInstanceUid() {
    return seriesInstanceUid;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeriesKey that
        && studyInstanceUid.equals(that.studyInstanceUid)
        && seriesInstanceUid.equals(that.seriesInstanceUid);
  }

  @Override
  public int hashCode() {
    return Objects.hash(studyInstanceUid, seriesInstanceUid);
  }
}
