package org.vigil.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.demo.peer.Ris;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;

/** Plays the cases of a night against a running Vigil and waits until everything has left it. */
final class Night {
  /** How long nothing may change before the night counts as stuck. */
  private static final Duration STUCK = Duration.ofMinutes(4);

  private final Hospital hospital;
  private final VigilApi api;
  private final PrintWriter out;
  private final Persistence persistence;
  private final List<String> refusals = new ArrayList<>();

  Night(Hospital hospital, VigilApi api, PrintWriter out) {
    this.hospital = hospital;
    this.api = api;
    this.out = out;
    this.persistence =
        new Persistence(
            () -> {
              out.println();
              out.println(
                  "Vigil does not answer; RIS and modality keep what it has not acknowledged and"
                      + " go on when it is back");
              out.flush();
            });
  }

  /** Sends all orders, then all studies; waits for all results. */
  Outcome play(List<NightCase> cases) {
    long orders = cases.stream().filter(c -> c.orderMessage() != null).count();
    try (Progress progress = new Progress("Orders", orders, out)) {
      for (NightCase night : cases) {
        if (night.orderMessage() != null) {
          sendOrder(night);
          progress.step();
        }
      }
    }
    Instant began = Instant.now();
    int stored = 0;
    try (Progress progress = new Progress("Studies", cases.size(), out)) {
      for (NightCase night : cases) {
        if (sendStudy(night)) {
          stored++;
        }
        progress.step();
      }
    }
    Instant finished = awaitResults(stored);
    return count(Duration.between(began, finished));
  }

  /** What Vigil refused, in its words. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  List<VigilApi.Line> worklist() {
    return persistence.keepTrying("the worklist", api::worklist);
  }

  private void sendOrder(NightCase night) {
    String answer =
        persistence.keepTrying(
            "order " + night.number(), () -> hospital.ris().send(night.orderMessage()));
    String code = Ris.acknowledgementCode(answer);
    if (!code.equals("AA") && !code.equals("CA")) {
      refusals.add("order " + night.number() + ": " + code);
    }
  }

  /** Whether at least one image of it is stored. */
  private boolean sendStudy(NightCase night) {
    List<StoreItem> images;
    try {
      images = night.images().open();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "study " + night.number() + " cannot be read: " + e.getMessage(), e);
    }
    List<StoreResult> results =
        persistence.keepTrying("study " + night.number(), () -> hospital.modality().send(images));
    results.stream()
        .filter(result -> !result.isStored())
        .forEach(
            result -> refusals.add("image " + result.sopInstanceUid() + ": " + result.status()));
    return results.stream().anyMatch(StoreResult::isStored);
  }

  private Instant awaitResults(int studies) {
    try (Progress analysed = new Progress("Analysed", studies, out)) {
      await(
          () -> {
            JsonNode summary = api.nightSummary();
            long done = summary.get("studies").asLong() - summary.get("pending").asLong();
            analysed.to(done);
            return new State(done >= studies, summary.toString());
          });
    }
    Instant finished = Instant.now();
    long expected = deliveries("pending", "retrying", "delivered", "failed");
    try (Progress results = new Progress("Results out", expected, out)) {
      await(
          () -> {
            long open = deliveries("pending", "retrying");
            results.to(expected - open);
            return new State(open == 0, Long.toString(open));
          });
    }
    return finished;
  }

  private long deliveries(String... statuses) {
    JsonNode byKind = persistence.keepTrying("the summary", api::nightSummary).get("deliveries");
    long sum = 0;
    for (JsonNode byStatus : byKind) {
      for (String status : statuses) {
        sum += byStatus.path(status).asLong();
      }
    }
    return sum;
  }

  private void await(Persistence.Attempt<State> question) {
    String before = "";
    long changed = System.nanoTime();
    while (true) {
      State state = persistence.keepTrying("the summary", question);
      if (state.done()) {
        return;
      }
      if (!state.fingerprint().equals(before)) {
        before = state.fingerprint();
        changed = System.nanoTime();
      } else if (System.nanoTime() - changed > STUCK.toNanos()) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "nothing has changed for " + STUCK.toMinutes() + " minutes: " + state.fingerprint());
      }
      Persistence.pause();
    }
  }

  private Outcome count(Duration playing) {
    JsonNode summary = persistence.keepTrying("the summary", api::nightSummary);
    Optional<VigilApi.Line> critical =
        worklist().stream()
            .filter(line -> Objects.equals(line.severity(), "critical"))
            .min(Comparator.comparingInt(VigilApi.Line::position));
    return new Outcome(
        summary.get("studies").asLong(),
        summary.get("analysed").asLong(),
        summary.get("failed").asLong(),
        critical.map(VigilApi.Line::arrivalPosition).orElse(null),
        critical.map(VigilApi.Line::position).orElse(null),
        critical.map(Night::secondsToTop).orElse(null),
        hospital.pacs().objects(UID.Comprehensive3DSRStorage).size(),
        hospital.ris().results().size(),
        hospital.chart(Hospital.AGNES).all(DiagnosticReport.class).size(),
        hospital.chart(Hospital.AGNES).all(Communication.class).stream()
            .filter(c -> c.getPriority() == Communication.CommunicationPriority.STAT)
            .count(),
        summary.get("auditEvents").asLong(),
        summary.get("notRun").asLong(),
        hospital.pacs().objects(UID.SecondaryCaptureImageStorage).size(),
        summary.get("quarantined").asLong(),
        Math.round(10_000.0 * summary.get("studies").asLong() / playing.toMillis()) / 10.0);
  }

  private static Double secondsToTop(VigilApi.Line line) {
    if (line.lastImageAt() == null || line.rankedAt() == null) {
      return null;
    }
    Duration wait =
        Duration.between(Instant.parse(line.lastImageAt()), Instant.parse(line.rankedAt()));
    return Math.round(wait.toMillis() / 10.0) / 100.0;
  }

  /** How far a wait is; it is stuck when the fingerprint does not change. */
  private record State(boolean done, String fingerprint) {}
}
