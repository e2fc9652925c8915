package org.vigil.imaging.domain;

import static org.vigil.imaging.domain.WorkitemState.CANCELED;
import static org.vigil.imaging.domain.WorkitemState.COMPLETED;
import static org.vigil.imaging.domain.WorkitemState.IN_PROGRESS;
import static org.vigil.imaging.domain.WorkitemState.SCHEDULED;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.vigil.imaging.api.Workitems.Outcome;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * What may become of a unified procedure step (PS3.4 table CC.1.1-2). Whoever claims it gives it a
 * Transaction UID, which is the lock that he alone can open.
 */
public final class WorkitemTransitions {
  private WorkitemTransitions() {}

  /**
   * Judges a change of state (N-ACTION Change UPS State).
   *
   * @param lock the Transaction UID of who claimed it, or null
   * @param given the Transaction UID that came with the request, or null
   * @param lacking which attributes the wanted final state still needs
   * @throws VigilException IMAGING-0063 to IMAGING-0069
   */
  public static Outcome change(
      WorkitemState now,
      String lock,
      WorkitemState wanted,
      String given,
      Supplier<List<String>> lacking) {
    if (wanted == SCHEDULED) {
      throw new VigilException(ErrorCode.IMAGING_0067);
    }
    if (given == null) {
      throw new VigilException(ErrorCode.IMAGING_0063);
    }
    if (now == SCHEDULED) {
      if (wanted != IN_PROGRESS) {
        throw new VigilException(ErrorCode.IMAGING_0069);
      }
      return Outcome.DONE;
    }
    // Without a lock nobody has ever claimed it: it was cancelled before.
    if (!given.equals(lock)) {
      throw new VigilException(ErrorCode.IMAGING_0064);
    }
    if (now == wanted) {
      return switch (now) {
        case COMPLETED -> Outcome.ALREADY_COMPLETED;
        case CANCELED -> Outcome.ALREADY_CANCELED;
        default -> throw new VigilException(ErrorCode.IMAGING_0066);
      };
    }
    if (now.isFinal()) {
      throw new VigilException(ErrorCode.IMAGING_0065);
    }
    List<String> missing = lacking.get();
    if (!missing.isEmpty()) {
      throw new VigilException(ErrorCode.IMAGING_0068, Map.of("missing", missing));
    }
    return Outcome.DONE;
  }

  /**
   * Judges a request for cancellation by somebody who has not claimed it.
   *
   * @param heard whether anybody is subscribed to it
   * @return DONE where it is to be cancelled, PERFORMER_TOLD where its performer is to hear of it
   * @throws VigilException IMAGING-0070 when it is completed, IMAGING-0071 when its performer alone
   *     can cancel it and cannot hear
   */
  public static Outcome cancellation(WorkitemState now, boolean heard) {
    return switch (now) {
      case SCHEDULED -> Outcome.DONE;
      case CANCELED -> Outcome.ALREADY_CANCELED;
      case COMPLETED -> throw new VigilException(ErrorCode.IMAGING_0070);
      case IN_PROGRESS -> {
        if (!heard) {
          throw new VigilException(ErrorCode.IMAGING_0071);
        }
        yield Outcome.PERFORMER_TOLD;
      }
    };
  }

  /**
   * Judges a change of attributes (N-SET).
   *
   * @throws VigilException IMAGING-0063, 0064, 0069 or 0072
   */
  public static void update(WorkitemState now, String lock, String given) {
    if (now == COMPLETED || now == CANCELED) {
      throw new VigilException(ErrorCode.IMAGING_0072);
    }
    if (now == SCHEDULED) {
      if (given != null) {
        throw new VigilException(ErrorCode.IMAGING_0069);
      }
      return;
    }
    if (given == null) {
      throw new VigilException(ErrorCode.IMAGING_0063);
    }
    if (!given.equals(lock)) {
      throw new VigilException(ErrorCode.IMAGING_0064);
    }
  }
}
