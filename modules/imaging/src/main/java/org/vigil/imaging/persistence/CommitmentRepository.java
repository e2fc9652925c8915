package org.vigil.imaging.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.vigil.imaging.api.StorageCommitments.State;

/** Storage commitment, both ways, of the current tenant, in the caller's transaction. */
@ApplicationScoped
public class CommitmentRepository {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  public Optional<StorageCommitmentEntity> lock(String instance, String node) {
    return Optional.ofNullable(
        em.find(
            StorageCommitmentEntity.class,
            new StorageCommitmentEntity.Key(instance, node),
            LockModeType.PESSIMISTIC_WRITE));
  }

  public void add(StorageCommitmentEntity commitment) {
    em.persist(commitment);
  }

  /** What was asked of a node under a transaction, locked. */
  public List<StorageCommitmentEntity> lockTransaction(String transaction, String node) {
    return em.createQuery(
            "select c from StorageCommitment c where c.transactionUid = :transaction and"
                + " c.key.node = :node order by c.key.sopInstanceUid",
            StorageCommitmentEntity.class)
        .setParameter("transaction", transaction)
        .setParameter("node", node)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** The newest first; a null state means any. */
  public List<StorageCommitmentEntity> list(State state, int limit) {
    var query =
        state == null
            ? em.createQuery(
                "select c from StorageCommitment c order by c.storedAt desc",
                StorageCommitmentEntity.class)
            : em.createQuery(
                    "select c from StorageCommitment c where c.state = :state order by c.storedAt"
                        + " desc",
                    StorageCommitmentEntity.class)
                .setParameter("state", state);
    return query.setMaxResults(limit).getResultList();
  }

  public Optional<CommitmentRequestEntity> request(String transaction, String node) {
    return Optional.ofNullable(
        em.find(CommitmentRequestEntity.class, new CommitmentRequestEntity.Key(transaction, node)));
  }

  public void add(CommitmentRequestEntity request) {
    em.persist(request);
  }
}
