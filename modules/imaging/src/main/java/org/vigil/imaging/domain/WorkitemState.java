package org.vigil.imaging.domain;

import java.util.Arrays;
import java.util.Optional;

/** States of a unified procedure step (PS3.4 table CC.1.1-1). */
public enum WorkitemState {
  SCHEDULED("SCHEDULED"),
  IN_PROGRESS("IN PROGRESS"),
  COMPLETED("COMPLETED"),
  CANCELED("CANCELED");

  private final String term;

  WorkitemState(String term) {
    this.term = term;
  }

  /** As Procedure Step State (0074,1000) has it. */
  public String term() {
    return term;
  }

  /** Whether it stays as it is. */
  public boolean isFinal() {
    return this == COMPLETED || this == CANCELED;
  }

  /** The state of a term, if it is one. */
  public static Optional<WorkitemState> of(String term) {
    return Arrays.stream(values()).filter(state -> state.term.equals(term)).findFirst();
  }
}
