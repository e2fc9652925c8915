package org.vigil.imaging.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.imaging.api.Workitems.Outcome;
import org.vigil.kernel.VigilException;

/** PS3.4 table CC.1.1-2, every cell of an existing workitem; results are the table's statuses. */
class WorkitemTransitionsTest {
  private static final String OWNER = "1.2.3";

  @ParameterizedTest(name = "{0} to {1} with {2}")
  @CsvSource({
    // to IN PROGRESS, with the correct Transaction UID
    "SCHEDULED,   IN_PROGRESS, own,   DONE",
    "IN_PROGRESS, IN_PROGRESS, own,   C302",
    "COMPLETED,   IN_PROGRESS, own,   C300",
    "CANCELED,    IN_PROGRESS, own,   C300",
    // without it
    "SCHEDULED,   IN_PROGRESS, none,  C301",
    "IN_PROGRESS, IN_PROGRESS, none,  C301",
    "COMPLETED,   IN_PROGRESS, none,  C301",
    "CANCELED,    IN_PROGRESS, none,  C301",
    "IN_PROGRESS, IN_PROGRESS, other, C301",
    "COMPLETED,   IN_PROGRESS, other, C301",
    "CANCELED,    IN_PROGRESS, other, C301",
    // to SCHEDULED
    "SCHEDULED,   SCHEDULED,   own,   C303",
    "IN_PROGRESS, SCHEDULED,   own,   C303",
    "COMPLETED,   SCHEDULED,   own,   C303",
    "CANCELED,    SCHEDULED,   own,   C303",
    "SCHEDULED,   SCHEDULED,   none,  C303",
    "IN_PROGRESS, SCHEDULED,   other, C303",
    // to COMPLETED, with it
    "SCHEDULED,   COMPLETED,   own,   C310",
    "IN_PROGRESS, COMPLETED,   own,   DONE",
    "COMPLETED,   COMPLETED,   own,   B306",
    "CANCELED,    COMPLETED,   own,   C300",
    // without it
    "SCHEDULED,   COMPLETED,   none,  C301",
    "IN_PROGRESS, COMPLETED,   none,  C301",
    "COMPLETED,   COMPLETED,   none,  C301",
    "CANCELED,    COMPLETED,   none,  C301",
    "IN_PROGRESS, COMPLETED,   other, C301",
    "COMPLETED,   COMPLETED,   other, C301",
    "CANCELED,    COMPLETED,   other, C301",
    // to CANCELED, with it
    "SCHEDULED,   CANCELED,    own,   C310",
    "IN_PROGRESS, CANCELED,    own,   DONE",
    "COMPLETED,   CANCELED,    own,   C300",
    "CANCELED,    CANCELED,    own,   B304",
    // without it
    "SCHEDULED,   CANCELED,    none,  C301",
    "IN_PROGRESS, CANCELED,    none,  C301",
    "COMPLETED,   CANCELED,    none,  C301",
    "CANCELED,    CANCELED,    none,  C301",
    "IN_PROGRESS, CANCELED,    other, C301",
    "COMPLETED,   CANCELED,    other, C301",
    "CANCELED,    CANCELED,    other, C301",
  })
  void aChangeOfState(WorkitemState now, WorkitemState wanted, String given, String result) {
    String lock = now == WorkitemState.SCHEDULED ? null : OWNER;
    assertThat(result(() -> WorkitemTransitions.change(now, lock, wanted, uid(given), List::of)))
        .isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "IN_PROGRESS, COMPLETED,   own,   C304",
    "IN_PROGRESS, CANCELED,    own,   C304",
    "SCHEDULED,   IN_PROGRESS, own,   DONE",
    "COMPLETED,   COMPLETED,   own,   B306",
    "IN_PROGRESS, COMPLETED,   other, C301",
  })
  void aFinalStateWhoseRequirementsAreNotMet(
      WorkitemState now, WorkitemState wanted, String given, String result) {
    String lock = now == WorkitemState.SCHEDULED ? null : OWNER;
    assertThat(
            result(
                () ->
                    WorkitemTransitions.change(
                        now, lock, wanted, uid(given), () -> List.of("something"))))
        .isEqualTo(result);
  }

  @Test
  void whatWasCancelledBeforeAnybodyClaimedItHasNoOwner() {
    assertThat(
            result(
                () ->
                    WorkitemTransitions.change(
                        WorkitemState.CANCELED, null, WorkitemState.CANCELED, OWNER, List::of)))
        .isEqualTo("C301");
  }

  @ParameterizedTest
  @CsvSource({
    "SCHEDULED,   false, DONE",
    "IN_PROGRESS, false, C312",
    "COMPLETED,   false, C311",
    "CANCELED,    false, B304",
    "SCHEDULED,   true,  DONE",
    "IN_PROGRESS, true,  TOLD",
    "COMPLETED,   true,  C311",
    "CANCELED,    true,  B304",
  })
  void aRequestForCancellation(WorkitemState now, boolean heard, String result) {
    assertThat(result(() -> WorkitemTransitions.cancellation(now, heard))).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "SCHEDULED,   none,  DONE",
    "SCHEDULED,   own,   C310",
    "IN_PROGRESS, own,   DONE",
    "IN_PROGRESS, none,  C301",
    "IN_PROGRESS, other, C301",
    "COMPLETED,   own,   C300",
    "COMPLETED,   none,  C300",
    "CANCELED,    own,   C300",
  })
  void anUpdate(WorkitemState now, String given, String result) {
    String lock = now == WorkitemState.SCHEDULED ? null : OWNER;
    assertThat(
            result(
                () -> {
                  WorkitemTransitions.update(now, lock, uid(given));
                  return Outcome.DONE;
                }))
        .isEqualTo(result);
  }

  private static String uid(String given) {
    return switch (given) {
      case "own" -> OWNER;
      case "other" -> "1.2.4";
      default -> null;
    };
  }

  private static String result(java.util.function.Supplier<Outcome> request) {
    try {
      return switch (request.get()) {
        case DONE -> "DONE";
        case PERFORMER_TOLD -> "TOLD";
        case ALREADY_COMPLETED -> "B306";
        case ALREADY_CANCELED -> "B304";
      };
    } catch (VigilException e) {
      return "%04X".formatted(e.code().dimseStatus());
    }
  }
}
