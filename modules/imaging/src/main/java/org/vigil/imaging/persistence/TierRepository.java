package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.vigil.imaging.api.StorageTiers.TierView;
import org.vigil.imaging.domain.StorageTier;

/**
 * Which objects of the current tenant are due to move on, and where they have gone; in the caller's
 * transaction.
 */
@ApplicationScoped
public class TierRepository {
  /** A study at rest, by its last image and the last look at it; nothing of it is awaited. */
  private static final String AT_REST =
      " s.complete_due_at is null and greatest(s.last_instance_at, s.accessed_at) <= :before"
          + " and i.received_at <= :before";

  private static final String IN_TIER =
      " from instance i join study s on s.study_instance_uid = i.study_instance_uid"
          + " where i.tier = :tier and i.released_at is null and i.stored_as is not null and"
          + AT_REST;

  private static final String COMMITTED =
      " from storage_commitment c join instance i on i.sop_instance_uid = c.sop_instance_uid"
          + " join study s on s.study_instance_uid = i.study_instance_uid"
          + " where c.state = 'COMMITTED' and c.settled_at <= :before and i.released_at is null"
          + " and coalesce(i.placed_at, i.received_at) <= :before"
          + " and (:any or c.node in (:nodes)) and"
          + AT_REST;

  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /** Objects of a tier whose study has rested since {@code before}, by UID, after one of them. */
  public List<InstanceEntity> resting(StorageTier tier, Instant before, String after, int limit) {
    List<?> uids =
        em.createNativeQuery(
                "select i.sop_instance_uid"
                    + IN_TIER
                    + " and i.sop_instance_uid > :after order by i.sop_instance_uid limit :limit",
                String.class)
            .setParameter("tier", tier.name())
            .setParameter("before", before)
            .setParameter("after", after)
            .setParameter("limit", limit)
            .getResultList();
    return uids.isEmpty()
        ? List.of()
        : em.createQuery(
                "select i from Instance i where i.sopInstanceUid in :uids"
                    + " order by i.sopInstanceUid",
                InstanceEntity.class)
            .setParameter("uids", uids)
            .getResultList();
  }

  public long countResting(StorageTier tier, Instant before) {
    return count(
        em.createNativeQuery("select count(*)" + IN_TIER)
            .setParameter("tier", tier.name())
            .setParameter("before", before));
  }

  /**
   * Says where an object lies now, unless it has moved meanwhile.
   *
   * @return whether it has been said
   */
  public boolean moved(InstanceEntity object, NewPlace to, Instant at) {
    return em.createNativeQuery(
                "update instance set location = :to, tier = :tier, stored_as = :stored,"
                    + " placed_at = :at, stored_syntax = nullif(:syntax, ''),"
                    + " stored_sha256 = nullif(:sha256, ''),"
                    + " stored_bytes = cast(nullif(:bytes, '') as bigint),"
                    + " answer_bytes = cast(nullif(:answer, '') as bigint)"
                    + " where sop_instance_uid = :uid and location = :from"
                    + " and released_at is null")
            .setParameter("to", to.location())
            .setParameter("tier", StorageTier.of(to.location()).name())
            .setParameter("stored", to.storedAs())
            .setParameter("at", at)
            .setParameter("syntax", text(to.syntax()))
            .setParameter("sha256", text(to.sha256()))
            .setParameter("bytes", text(to.bytes()))
            .setParameter("answer", text(to.answerBytes()))
            .setParameter("uid", object.sopInstanceUid())
            .setParameter("from", object.location())
            .executeUpdate()
        == 1;
  }

  /** An object and the node that has it, its study and where its copy lies. */
  public record Committed(String study, String sopInstanceUid, String location, String node) {}

  /** Objects that a PACS has committed since before an instant, study by study, after one. */
  @SuppressWarnings("unchecked")
  public List<String> studiesCommitted(Set<String> nodes, Instant before, String after, int limit) {
    return ofNodes(
            em.createNativeQuery(
                "select distinct s.study_instance_uid"
                    + COMMITTED
                    + " and s.study_instance_uid > :after order by 1 limit :limit",
                String.class),
            nodes)
        .setParameter("before", before)
        .setParameter("after", after)
        .setParameter("limit", limit)
        .getResultList();
  }

  /** The objects of one study that may go. */
  public List<Committed> committed(String study, Set<String> nodes, Instant before) {
    List<?> rows =
        ofNodes(
                em.createNativeQuery(
                    "select distinct on (i.sop_instance_uid) i.sop_instance_uid, i.location, c.node"
                        + COMMITTED
                        + " and s.study_instance_uid = :study order by i.sop_instance_uid, c.node",
                    Object[].class),
                nodes)
            .setParameter("before", before)
            .setParameter("study", study)
            .getResultList();
    return rows.stream()
        .map(row -> (Object[]) row)
        .map(row -> new Committed(study, (String) row[0], (String) row[1], (String) row[2]))
        .toList();
  }

  public long countCommitted(Set<String> nodes, Instant before) {
    return count(
        ofNodes(
                em.createNativeQuery("select count(distinct i.sop_instance_uid)" + COMMITTED),
                nodes)
            .setParameter("before", before));
  }

  private static Query ofNodes(Query query, Set<String> nodes) {
    return query
        .setParameter("any", nodes.isEmpty())
        .setParameter("nodes", nodes.isEmpty() ? Set.of("") : nodes);
  }

  /** Says that only a node has an object from now on. */
  public boolean release(Committed object, Instant at) {
    return em.createNativeQuery(
                "update instance set released_at = :at, released_to = :node"
                    + " where sop_instance_uid = :uid and location = :location"
                    + " and released_at is null")
            .setParameter("at", at)
            .setParameter("node", object.node())
            .setParameter("uid", object.sopInstanceUid())
            .setParameter("location", object.location())
            .executeUpdate()
        == 1;
  }

  /** Objects whose place this is, those released included. */
  public List<InstanceEntity> at(String location) {
    return em.createQuery(
            "select i from Instance i where i.location = :location", InstanceEntity.class)
        .setParameter("location", location)
        .getResultList();
  }

  /** Takes back that objects were released, whose files are still there. */
  public void keep(Collection<String> sopInstanceUids) {
    em.createNativeQuery(
            "update instance set released_at = null, released_to = null,"
                + " placed_at = clock_timestamp() where sop_instance_uid in (:uids)")
        .setParameter("uids", sopInstanceUids)
        .executeUpdate();
  }

  /**
   * Acquired objects at rest whose commitment was never asked of a node, or not since an instant
   * when the node did not give it.
   */
  @SuppressWarnings("unchecked")
  public List<String> uncommitted(String node, Instant before, Instant refusedBefore, int limit) {
    return em.createNativeQuery(
            "select i.sop_instance_uid from instance i"
                + " join study s on s.study_instance_uid = i.study_instance_uid"
                + " left join storage_commitment c on c.sop_instance_uid = i.sop_instance_uid"
                + " and c.node = :node where i.released_at is null and i.origin = 'ACQUIRED'"
                + " and (c.state is null or c.state = 'FAILED' and c.settled_at <= :refused) and"
                + AT_REST
                + " order by i.received_at limit :limit",
            String.class)
        .setParameter("node", node)
        .setParameter("before", before)
        .setParameter("refused", refusedBefore)
        .setParameter("limit", limit)
        .getResultList();
  }

  /** What lies where: the tiers, then what was released. */
  public List<TierView> figures() {
    List<?> rows =
        em.createNativeQuery(
                "select t.tier, count(i.sop_instance_uid), coalesce(sum(case when t.tier ="
                    + " 'RELEASED' then i.bytes else coalesce(i.stored_bytes, i.bytes) end), 0),"
                    + " count(i.stored_syntax) from (values (1, 'HOT'), (2, 'WARM'), (3, 'COLD'),"
                    + " (4, 'RELEASED')) t (place, tier) left join instance i on t.tier = case when"
                    + " i.released_at is null then i.tier else 'RELEASED' end"
                    + " group by t.place, t.tier order by t.place",
                Object[].class)
            .getResultList();
    return rows.stream()
        .map(row -> (Object[]) row)
        .map(
            row ->
                new TierView(
                    (String) row[0],
                    ((Number) row[1]).longValue(),
                    ((Number) row[2]).longValue(),
                    ((Number) row[3]).longValue()))
        .toList();
  }

  private static long count(Query query) {
    return ((Number) query.getSingleResult()).longValue();
  }

  /** An untyped null has no type for PostgreSQL to assign. */
  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
