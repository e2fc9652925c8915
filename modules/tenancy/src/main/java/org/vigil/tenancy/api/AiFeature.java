package org.vigil.tenancy.api;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a hospital can switch on and off, per modality. A constant exists for each place in the code
 * that asks; a feature nobody asks for would be a switch that does nothing.
 */
public enum AiFeature {
  DETECTION(
      "abnormality_detection",
      "Abnormality detection",
      "detection",
      "Models run on completed studies and report findings."),
  FLAGGING(
      "priority_flagging",
      "Priority flagging",
      "flagging",
      "Findings move studies up the reading list and raise alerts."),
  MEASUREMENT(
      "automated_measurement", "Automated measurement", "measurement", "Findings are measured."),
  COMPARISON(
      "prior_comparison",
      "Comparison with prior studies",
      "comparison",
      "Findings are compared with those of earlier studies."),
  REPORTING("report_drafting", "Report drafting", "reporting", "Report texts are proposed."),
  QUALITY(
      "image_quality", "Image quality assessment", "quality", "The quality of images is assessed.");

  private final String key;
  private final String title;
  private final String category;
  private final String description;

  AiFeature(String key, String title, String category, String description) {
    this.key = key;
    this.title = title;
    this.category = category;
    this.description = description;
  }

  /** In addresses, tables and configuration: {@code abnormality_detection}. */
  public String key() {
    return key;
  }

  public String title() {
    return title;
  }

  /** One word: detection, flagging, measurement, comparison, reporting or quality. */
  public String category() {
    return category;
  }

  public String description() {
    return description;
  }

  public static Optional<AiFeature> ofKey(String key) {
    return Arrays.stream(values()).filter(f -> f.key.equals(key)).findFirst();
  }
}
