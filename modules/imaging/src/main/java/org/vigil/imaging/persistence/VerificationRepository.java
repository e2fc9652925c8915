package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vigil.imaging.api.StorageVerifications.Finding;
import org.vigil.imaging.api.StorageVerifications.Kind;
import org.vigil.imaging.api.StorageVerifications.Verification;

/** Verifications of the current tenant's storage; every method runs in the caller's transaction. */
@ApplicationScoped
public class VerificationRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  public void begin(UUID id, Instant at) {
    em.createNativeQuery("insert into storage_verification (id, started_at) values (:id, :at)")
        .setParameter("id", id)
        .setParameter("at", at)
        .executeUpdate();
  }

  /** Records how far it has come; {@code endedAt} null while it goes on. */
  public void progress(
      UUID id, long objects, long bytes, long encrypted, Instant endedAt, String failure) {
    em.createNativeQuery(
            "update storage_verification set objects = :objects, bytes = :bytes,"
                + " encrypted = :encrypted, ended_at = cast(:ended as timestamptz),"
                + " failure = :failure where id = :id")
        .setParameter("objects", objects)
        .setParameter("bytes", bytes)
        .setParameter("encrypted", encrypted)
        .setParameter("ended", endedAt == null ? null : endedAt.toString())
        .setParameter("failure", failure)
        .setParameter("id", id)
        .executeUpdate();
  }

  public void found(UUID id, Finding finding) {
    em.createNativeQuery(
            "insert into storage_finding"
                + " (verification_id, location, kind, sop_instance_uid, problem)"
                + " values (:id, :location, :kind, :sop, :problem) on conflict do nothing")
        .setParameter("id", id)
        .setParameter("location", finding.location())
        .setParameter("kind", finding.kind().name())
        .setParameter("sop", finding.sopInstanceUid())
        .setParameter("problem", finding.problem())
        .executeUpdate();
  }

  public Optional<Verification> find(UUID id) {
    List<?> rows =
        em.createNativeQuery(
                "select started_at, ended_at, objects, bytes, encrypted, failure"
                    + " from storage_verification where id = :id",
                Object[].class)
            .setParameter("id", id)
            .getResultList();
    return rows.stream().map(row -> verification(id, (Object[]) row)).findFirst();
  }

  private Verification verification(UUID id, Object[] row) {
    List<?> findings =
        em.createNativeQuery(
                "select kind, location, sop_instance_uid, problem from storage_finding"
                    + " where verification_id = :id order by kind, location limit 10000",
                Object[].class)
            .setParameter("id", id)
            .getResultList();
    return new Verification(
        id,
        (Instant) row[0],
        (Instant) row[1],
        ((Number) row[2]).longValue(),
        ((Number) row[3]).longValue(),
        ((Number) row[4]).longValue(),
        (String) row[5],
        findings.stream().map(f -> finding((Object[]) f)).toList());
  }

  private static Finding finding(Object[] row) {
    return new Finding(
        Kind.valueOf((String) row[0]), (String) row[1], (String) row[2], (String) row[3]);
  }
}
