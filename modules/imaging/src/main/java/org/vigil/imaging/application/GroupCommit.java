package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.imaging.application.ObjectRegister.Arrival;
import org.vigil.imaging.application.ObjectRegister.Receipt;
import org.vigil.kernel.TenantId;

/**
 * Records the objects of one hospital that arrive at the same time in one transaction: they share
 * its round trips and its flushes to disk. Whoever comes first begins at once and waits for nobody;
 * what comes meanwhile is the next group. When a group's transaction fails, each of its objects is
 * recorded by itself, so that one that is refused takes no other with it.
 */
@ApplicationScoped
public class GroupCommit {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int LARGEST_GROUP = 32;

  private final ObjectRegister register;
  private final ConcurrentHashMap<TenantId, Line> lines = new ConcurrentHashMap<>();

  @Inject
  public GroupCommit(ObjectRegister register) {
    this.register = register;
  }

  /** For the container's proxy. */
  protected GroupCommit() {
    this(null);
  }

  /**
   * Records an object; returns when the transaction that does so has committed.
   *
   * @throws org.vigil.kernel.VigilException as {@link ObjectRegister#receive}, about this object
   */
  Receipt record(TenantId tenant, Arrival arrival) {
    Line line = lines.computeIfAbsent(tenant, id -> new Line());
    Turn turn = new Turn(arrival);
    List<Turn> group = line.join(turn);
    if (!group.isEmpty()) {
      try {
        record(group);
      } finally {
        line.leave(group);
      }
    }
    return turn.receipt();
  }

  private void record(List<Turn> group) {
    if (group.size() > 1) {
      try {
        List<Receipt> receipts = register.receive(group.stream().map(t -> t.arrival).toList());
        for (int i = 0; i < group.size(); i++) {
          group.get(i).receipt = receipts.get(i);
        }
        return;
      } catch (RuntimeException e) {
        // Whose fault it was shows below; where it was nobody's, only this line tells.
        LOG.info("{} objects of a group are recorded one by one: {}", group.size(), e.toString());
      }
    }
    for (Turn turn : group) {
      try {
        turn.receipt = register.receive(List.of(turn.arrival)).get(0);
      } catch (RuntimeException e) {
        turn.failure = e;
      }
    }
  }

  /** One object on its way into a transaction; guarded by its line until it is done. */
  private static final class Turn {
    private final Arrival arrival;
    private Receipt receipt;
    private RuntimeException failure;
    private boolean done;

    Turn(Arrival arrival) {
      this.arrival = arrival;
    }

    Receipt receipt() {
      if (failure != null) {
        throw failure;
      }
      if (receipt == null) {
        throw new IllegalStateException("The transaction of a group ended without an answer");
      }
      return receipt;
    }
  }

  /** Those who wait for a hospital's next transaction. */
  private static final class Line {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * Waits until a turn has been done by another thread, or has to be done by this one.
     *
     * @return the group to record, or empty when it is done
     */
    List<Turn> join(Turn turn) {
      lock.lock();
      try {
        waiting.add(turn);
        while (busy && !turn.done) {
          ended.awaitUninterruptibly();
        }
        if (turn.done) {
          return List.of();
        }
        busy = true;
        waiting.remove(turn);
        List<Turn> group = new ArrayList<>(List.of(turn));
        while (group.size() < LARGEST_GROUP && !waiting.isEmpty()) {
          group.add(waiting.remove());
        }
        return group;
      } finally {
        lock.unlock();
      }
    }

    void leave(List<Turn> group) {
      lock.lock();
      try {
        group.forEach(turn -> turn.done = true);
        busy = false;
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
