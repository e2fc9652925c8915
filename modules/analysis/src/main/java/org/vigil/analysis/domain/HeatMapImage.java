package org.vigil.analysis.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.vigil.imaging.api.ResultContent;

/** Where a model looked; apart from its analysis because lists do not want it. Never changes. */
@Entity
@Table(name = "analysis_heat_map")
public class HeatMapImage {
  @Id
  @Column(name = "analysis_id")
  private UUID analysisId;

  @Column(name = "row_count")
  private int rows;

  @Column(name = "column_count")
  private int columns;

  @Column(name = "cell_values")
  private byte[] values;

  protected HeatMapImage() {}

  public HeatMapImage(UUID analysisId, ResultContent.HeatMap heatMap) {
    this.analysisId = analysisId;
    this.rows = heatMap.rows();
    this.columns = heatMap.columns();
    this.values = heatMap.values();
  }

  public ResultContent.HeatMap content() {
    return new ResultContent.HeatMap(rows, columns, values);
  }
}
