package org.vigil.cli.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The night in figures, each counted from what the receivers got and the database holds.
 *
 * @param criticalFrom place of the first critical study in order of arrival, null when none is
 *     critical
 * @param criticalTo its place in the reading order
 * @param secondsToTop from its last image stored to its rank recorded
 * @param notRun studies no model accepted or that wait in quarantine: not the same as negative
 */
@JsonPropertyOrder({
  "studies",
  "analysed",
  "failed",
  "criticalFrom",
  "criticalTo",
  "secondsToTop",
  "sr",
  "oru",
  "fhirBundles",
  "alerts",
  "auditEvents"
})
record Outcome(
    @JsonProperty long studies,
    @JsonProperty long analysed,
    @JsonProperty long failed,
    @JsonProperty Integer criticalFrom,
    @JsonProperty Integer criticalTo,
    @JsonProperty Double secondsToTop,
    @JsonProperty long sr,
    @JsonProperty long oru,
    @JsonProperty long fhirBundles,
    @JsonProperty long alerts,
    @JsonProperty long auditEvents,
    @JsonProperty long notRun,
    @JsonProperty long heatMaps,
    @JsonProperty long quarantined,
    @JsonProperty double studiesPerSecond) {}
