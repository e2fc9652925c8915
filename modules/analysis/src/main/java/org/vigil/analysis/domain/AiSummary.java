package org.vigil.analysis.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.analysis.api.AnalysisView.Status;
import org.vigil.analysis.api.Worklist.AiStatus;
import org.vigil.kernel.Severity;

/**
 * What all runs of all models say about a study, as one line of the worklist shows it.
 *
 * <p>The status is of the latest run of each model on the present version of the study: while any
 * is under way it is not completed, and where any failed it is failed, for the reader must not take
 * a silent model for a negative one. The severity is the worst positive finding of the latest
 * completed run of each model on each image, of any version: late images and runs that fail take
 * nothing back, only the same model on the same image does.
 *
 * @param severity null while nothing is completed; ROUTINE when nothing is positive
 * @param topFinding the worst positive finding, or null
 */
public record AiSummary(AiStatus status, Severity severity, AnalysisFinding topFinding) {

  /** Sums up; empty when there is no run, or only cancelled ones. */
  public static Optional<AiSummary> of(int studyVersion, Collection<ImageAnalysis> runs) {
    List<ImageAnalysis> inOrder =
        runs.stream()
            .filter(r -> r.status() != Status.CANCELLED)
            .sorted(
                Comparator.comparingInt(ImageAnalysis::studyVersion)
                    .thenComparingInt(ImageAnalysis::requestSerial))
            .toList();
    Map<String, ImageAnalysis> latestOfModel = new LinkedHashMap<>();
    Map<List<String>, ImageAnalysis> completed = new LinkedHashMap<>();
    for (ImageAnalysis run : inOrder) {
      if (run.studyVersion() == studyVersion) {
        latestOfModel.put(run.modelId(), run);
      }
      if (run.status() == Status.COMPLETED) {
        completed.put(List.of(run.modelId(), run.image()), run);
      }
    }
    if (latestOfModel.isEmpty() && completed.isEmpty()) {
      return Optional.empty();
    }
    List<AnalysisFinding> positive = new ArrayList<>();
    completed
        .values()
        .forEach(
            r -> r.findings().stream().filter(AnalysisFinding::positive).forEach(positive::add));
    AnalysisFinding top = positive.stream().min(AnalysisFinding.WORST_FIRST).orElse(null);
    Severity severity =
        completed.isEmpty() ? null : top == null ? Severity.ROUTINE : top.severity();
    return Optional.of(new AiSummary(status(latestOfModel.values()), severity, top));
  }

  private static AiStatus status(Collection<ImageAnalysis> latest) {
    long pending = count(latest, Status.PENDING);
    long processing = count(latest, Status.PROCESSING);
    if (latest.isEmpty()) {
      return AiStatus.NOT_RUN;
    }
    if (pending == latest.size()) {
      return AiStatus.PENDING;
    }
    if (pending + processing > 0) {
      return AiStatus.PROCESSING;
    }
    return count(latest, Status.FAILED) > 0 ? AiStatus.FAILED : AiStatus.COMPLETED;
  }

  private static long count(Collection<ImageAnalysis> runs, Status status) {
    return runs.stream().filter(r -> r.status() == status).count();
  }
}
