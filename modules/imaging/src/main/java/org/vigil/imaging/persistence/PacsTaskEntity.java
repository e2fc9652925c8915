package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.vigil.imaging.domain.PacsTaskKind;

/** One thing a PACS is to be asked for, until it is done or given up. */
@Entity(name = "PacsTask")
@Table(name = "pacs_task")
public class PacsTaskEntity {
  /** Longer than any retrieval; after it a claim is that of a dead server. */
  private static final Duration CLAIM = Duration.ofHours(2);

  private static final int LONGEST_ERROR = 300;

  @Id
  @Column(name = "id")
  private UUID id;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", nullable = false)
  private PacsTaskKind kind;

  @Column(name = "subject", nullable = false)
  private String subject;

  @Column(name = "node", nullable = false)
  private String node;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private State state;

  @Column(name = "attempts", nullable = false)
  private int attempts;

  @Column(name = "created_at", nullable = false)
  private Instant createdAt;

  @Column(name = "next_attempt_at", nullable = false)
  private Instant nextAttemptAt;

  @Column(name = "finished_at")
  private Instant finishedAt;

  @Column(name = "last_error")
  private String lastError;

  @Column(name = "claimed_by")
  private String claimedBy;

  @Column(name = "claimed_until")
  private Instant claimedUntil;

  /** For Hibernate. */
  protected PacsTaskEntity() {}

  /** Where it stands. */
  public enum State {
    WAITING,
    DONE,
    FAILED
  }

  /** Whoever claims it is the only one to work on it. */
  public void claim(String by, Instant now) {
    claimedBy = by;
    claimedUntil = now.plus(CLAIM);
  }

  /** Done; nothing more is to be asked. */
  public void done(Instant now) {
    end(State.DONE, now, null);
  }

  /** Given up. */
  public void failed(Instant now, String reason) {
    attempts++;
    end(State.FAILED, now, reason);
  }

  private void end(State how, Instant now, String reason) {
    state = how;
    finishedAt = now;
    release(reason);
  }

  /** Tried in vain; to be tried again. */
  public void retryAt(Instant when, String reason) {
    attempts++;
    nextAttemptAt = when;
    release(reason);
  }

  /** Not tried; the node is not asked just now. */
  public void postponedTo(Instant when, String reason) {
    nextAttemptAt = when;
    release(reason);
  }

  private void release(String reason) {
    lastError =
        reason == null || reason.length() <= LONGEST_ERROR
            ? reason
            : reason.substring(0, LONGEST_ERROR);
    claimedBy = null;
    claimedUntil = null;
  }

  public UUID id() {
    return id;
  }

  public PacsTaskKind kind() {
    return kind;
  }

  public String subject() {
    return subject;
  }

  public String node() {
    return node;
  }

  public State state() {
    return state;
  }

  public int attempts() {
    return attempts;
  }
}
