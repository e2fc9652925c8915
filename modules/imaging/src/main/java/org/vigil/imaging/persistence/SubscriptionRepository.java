package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vigil.imaging.api.WorkitemReported.Addressee;

/**
 * Subscribers of the current tenant and the workitems each is subscribed to; every method runs in
 * the caller's transaction.
 */
@ApplicationScoped
public class SubscriptionRepository {
  private static final String LOCK_NAME =
      "hashtextextended('workitems of ' || current_schema(), 0)";

  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /**
   * Until the transaction ends, subscriptions to the whole worklist wait: none is to miss a
   * workitem that is being created.
   */
  public void holdWorklist() {
    em.createNativeQuery("select cast(pg_advisory_xact_lock_shared(" + LOCK_NAME + ") as text)")
        .getSingleResult();
  }

  /** Waits for the transactions that hold the worklist, and lets no other begin. */
  public void takeWorklist() {
    em.createNativeQuery("select cast(pg_advisory_xact_lock(" + LOCK_NAME + ") as text)")
        .getSingleResult();
  }

  /** Makes the AE title a user's unless it is somebody's, and says whose it is. */
  public String claim(String aeTitle, String user, Instant at) {
    em.createNativeQuery(
            "insert into workitem_subscriber (ae_title, owner, since) values (:ae, :owner, :at)"
                + " on conflict do nothing")
        .setParameter("ae", aeTitle)
        .setParameter("owner", user)
        .setParameter("at", at)
        .executeUpdate();
    return owner(aeTitle).orElse(user);
  }

  /** Whose it is, kept from changing until the transaction ends. */
  @SuppressWarnings("unchecked")
  public Optional<String> owner(String aeTitle) {
    return em.createNativeQuery(
            "select owner from workitem_subscriber where ae_title = :ae for update", String.class)
        .setParameter("ae", aeTitle)
        .getResultStream()
        .findFirst();
  }

  /**
   * Subscribes to the workitems to come.
   *
   * @param filter DICOM JSON, or null for all of them
   */
  public void worklist(String aeTitle, String filter, boolean lock) {
    em.createNativeQuery(
            "update workitem_subscriber set worklist = :worklist, filter = nullif(:filter, ''),"
                + " deletion_lock = :lock where ae_title = :ae")
        .setParameter("worklist", filter == null ? "ALL" : "FILTERED")
        .setParameter("filter", filter == null ? "" : filter)
        .setParameter("lock", lock)
        .setParameter("ae", aeTitle)
        .executeUpdate();
  }

  /** Subscribes to none to come; says whether it was subscribed to any. */
  public boolean suspend(String aeTitle) {
    return em.createNativeQuery(
                "update workitem_subscriber set worklist = null, filter = null"
                    + " where ae_title = :ae and worklist is not null")
            .setParameter("ae", aeTitle)
            .executeUpdate()
        == 1;
  }

  /** Subscribes to one workitem. */
  public void add(String uid, String aeTitle, boolean lock, Instant at) {
    em.createNativeQuery(
            "insert into workitem_subscription (sop_instance_uid, ae_title, deletion_lock, since)"
                + " values (:uid, :ae, :lock, :at) on conflict (sop_instance_uid, ae_title)"
                + " do update set deletion_lock = excluded.deletion_lock")
        .setParameter("uid", uid)
        .setParameter("ae", aeTitle)
        .setParameter("lock", lock)
        .setParameter("at", at)
        .executeUpdate();
  }

  /** Ends a subscription to one workitem; says whether there was one. */
  public boolean remove(String uid, String aeTitle) {
    return em.createNativeQuery(
                "delete from workitem_subscription where sop_instance_uid = :uid and ae_title = :ae")
            .setParameter("uid", uid)
            .setParameter("ae", aeTitle)
            .executeUpdate()
        == 1;
  }

  /** Forgets an AE title with all its subscriptions; says whether there was one. */
  public boolean forget(String aeTitle) {
    return em.createNativeQuery("delete from workitem_subscriber where ae_title = :ae")
            .setParameter("ae", aeTitle)
            .executeUpdate()
        == 1;
  }

  /** Forgets AE titles that are subscribed to nothing any more. */
  public void forgetIdle() {
    em.createNativeQuery(
            "delete from workitem_subscriber s where s.worklist is null and not exists"
                + " (select 1 from workitem_subscription w where w.ae_title = s.ae_title)")
        .executeUpdate();
  }

  /** Who is subscribed to a workitem. */
  @SuppressWarnings("unchecked")
  public Set<Addressee> subscribers(String uid) {
    Stream<Object[]> rows =
        em.createNativeQuery(
                "select s.ae_title, s.owner from workitem_subscriber s join workitem_subscription w"
                    + " on w.ae_title = s.ae_title where w.sop_instance_uid = :uid",
                Object[].class)
            .setParameter("uid", uid)
            .getResultStream();
    return rows.map(row -> new Addressee((String) row[0], (String) row[1]))
        .collect(Collectors.toSet());
  }

  /** Who is subscribed to workitems to come. */
  @SuppressWarnings("unchecked")
  public List<Following> following() {
    Stream<Object[]> rows =
        em.createNativeQuery(
                "select ae_title, owner, filter, deletion_lock from workitem_subscriber"
                    + " where worklist is not null",
                Object[].class)
            .getResultStream();
    return rows.map(
            row ->
                new Following(
                    new Addressee((String) row[0], (String) row[1]),
                    (String) row[2],
                    (Boolean) row[3]))
        .toList();
  }

  /**
   * A subscription to workitems to come.
   *
   * @param filter DICOM JSON, or null for all of them
   */
  public record Following(Addressee addressee, String filter, boolean lock) {}
}
