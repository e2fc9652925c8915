package org.vigil.audit.domain;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vigil.audit.domain.AuditRow.Digest;
import org.vigil.audit.domain.Finding.Kind;

/**
 * Checks a whole trail against its seals, its proofs of deletion, and the heads and anchors kept
 * outside the database. Reads everything once, in the caller's transaction, which must be {@code
 * repeatable read} so that what is written meanwhile does not show; needs a bit of memory an event.
 */
public final class ChainVerifier {
  private static final int LISTED = 1000;

  private final Trail trail;
  private final TrustedKeys keys;
  private final List<SealHead> heads = new ArrayList<>();
  private final List<Anchor> anchors = new ArrayList<>();

  private final List<Finding> findings = new ArrayList<>();
  private final IdSet sealed = new IdSet();
  private final Map<Long, SealHead> expectedHeads = new HashMap<>();
  private final Map<Long, Changed> changed = new TreeMap<>();
  private final List<byte[]> day = new ArrayList<>();
  private List<Deletion> deletions = List.of();
  private DeletionTally tally;
  private long wrong;
  private long events;
  private long deleted;
  private long pending;
  private long anchorsChecked;
  private boolean forged;

  public ChainVerifier(Trail trail, TrustedKeys keys) {
    this.trail = trail;
    this.keys = keys;
  }

  /** Signed heads from outside the database that the chain must lead through. */
  public ChainVerifier withHeads(List<SealHead> signed) {
    heads.addAll(signed);
    return this;
  }

  /** Anchors from outside the database that the chain must fit. */
  public ChainVerifier withAnchors(List<Anchor> kept) {
    anchors.addAll(kept);
    return this;
  }

  public VerificationReport verify() throws SQLException {
    long begun = System.nanoTime();
    checkDeletions();
    collectHeads();
    List<Anchor> toFit = anchorsToFit();
    Links links = new Links(toFit);
    trail.eachSeal(1, links::visit);
    links.end();
    nameChanges();
    checkPresence();
    tally.compare();
    return new VerificationReport(
        trail.schema(),
        links.before.seq(),
        events,
        deleted,
        pending,
        anchorsChecked,
        wrong,
        List.copyOf(findings),
        (System.nanoTime() - begun) / 1_000_000);
  }

  private void found(Finding finding) {
    wrong++;
    if (findings.size() < LISTED) {
      findings.add(finding);
    }
  }

  private void checkDeletions() throws SQLException {
    deletions = new ArrayList<>();
    for (Deletion deletion : trail.deletions()) {
      if (keys.verify(deletion.keyId(), deletion.content(), deletion.signature())) {
        deletions.add(deletion);
      } else {
        found(
            new Finding(
                Kind.DELETION_WRONG,
                null,
                deletion.from(),
                null,
                "the proof of deletion of " + deletion.part() + " has no trusted signature"));
      }
    }
    tally = new DeletionTally(deletions, this::found);
  }

  /** A head whose own signature is wrong proves nothing, and somebody put it there. */
  private void collectHeads() {
    for (SealHead head : heads) {
      if (!head.trail().equals(trail.schema())
          || !keys.verify(head.keyId(), head.hash(), head.signature())) {
        found(
            Finding.ofSeal(
                Kind.ANCHOR_WRONG, head.seq(), "a head kept outside has no trusted signature"));
      } else {
        expectedHeads.put(head.seq(), head);
      }
    }
  }

  private List<Anchor> anchorsToFit() throws SQLException {
    List<Anchor> genuine = new ArrayList<>();
    List<Anchor> all = new ArrayList<>(trail.anchors());
    all.addAll(anchors);
    for (Anchor anchor : all) {
      if (!anchor.trail().equals(trail.schema())
          || !keys.verify(anchor.keyId(), anchor.digest(), anchor.signature())) {
        found(
            Finding.ofSeal(
                Kind.ANCHOR_WRONG,
                anchor.lastSeal(),
                "the anchor of " + anchor.day() + " has no trusted signature"));
      } else {
        genuine.add(anchor);
      }
    }
    return genuine;
  }

  /** Follows the chain link by link. */
  private final class Links {
    private final Map<Long, List<Anchor>> byLastSeal = new TreeMap<>();
    private final Map<Long, byte[]> hashes = new HashMap<>();
    private final long lowestAnchored;
    private SealHead before = SealHead.none(trail.schema());

    Links(List<Anchor> toFit) {
      toFit.forEach(
          anchor ->
              byLastSeal.computeIfAbsent(anchor.lastSeal(), n -> new ArrayList<>()).add(anchor));
      lowestAnchored = toFit.stream().mapToLong(Anchor::firstSeal).min().orElse(Long.MAX_VALUE);
    }

    void visit(Seal seal) throws SQLException {
      if (seal.seq() != before.seq() + 1) {
        found(
            Finding.ofSeal(
                Kind.SEAL_REMOVED,
                before.seq() + 1,
                "seals "
                    + (before.seq() + 1)
                    + " to "
                    + (seal.seq() - 1)
                    + " are missing, and "
                    + (seal.eventTotal() - seal.leaves().size() - before.eventTotal())
                    + " events with them"));
      } else if (!Arrays.equals(seal.previousHash(), before.hash())
          || seal.eventTotal() != before.eventTotal() + seal.leaves().size()) {
        found(
            Finding.ofSeal(
                Kind.SEAL_CHANGED, seal.seq(), "it does not continue seal " + before.seq()));
      }
      boolean genuine = checkSeal(seal);
      SealHead expected = expectedHeads.remove(seal.seq());
      if (expected != null && !Arrays.equals(expected.hash(), seal.hash())) {
        found(
            Finding.ofSeal(
                Kind.CHAIN_CUT_SHORT,
                seal.seq(),
                "another seal of this number was signed earlier, at " + expected.sealedAt()));
      }
      if (seal.seq() >= lowestAnchored) {
        hashes.put(seal.seq(), seal.hash());
        fitAnchors(seal.seq());
      }
      checkEvents(seal, genuine);
      before = seal.head();
    }

    private void fitAnchors(long seq) {
      for (Anchor anchor : byLastSeal.getOrDefault(seq, List.of())) {
        anchorsChecked++;
        day.clear();
        for (long n = anchor.firstSeal(); n <= anchor.lastSeal(); n++) {
          day.add(hashes.getOrDefault(n, new byte[0]));
        }
        if (!Arrays.equals(MerkleTree.root(day), anchor.root())) {
          found(
              Finding.ofSeal(
                  Kind.ANCHOR_WRONG,
                  seq,
                  "seals "
                      + anchor.firstSeal()
                      + " to "
                      + anchor.lastSeal()
                      + " are not those anchored for "
                      + anchor.day()));
        }
      }
      byLastSeal.remove(seq);
    }

    void end() {
      byLastSeal.forEach(
          (seq, missed) ->
              found(
                  Finding.ofSeal(
                      Kind.CHAIN_CUT_SHORT,
                      before.seq() + 1,
                      "the anchor of "
                          + missed.get(0).day()
                          + " covers seals up to "
                          + seq
                          + " and "
                          + missed.get(0).eventTotal()
                          + " events; the chain ends at "
                          + before.seq()
                          + " with "
                          + before.eventTotal())));
      expectedHeads
          .values()
          .forEach(
              head ->
                  found(
                      Finding.ofSeal(
                          Kind.CHAIN_CUT_SHORT,
                          before.seq() + 1,
                          "a head of "
                              + head.sealedAt()
                              + " states seal "
                              + head.seq()
                              + " and "
                              + head.eventTotal()
                              + " events; the chain ends at "
                              + before.seq()
                              + " with "
                              + before.eventTotal())));
    }
  }

  private boolean checkSeal(Seal seal) {
    boolean fits = Arrays.equals(seal.recomputed(), seal.hash());
    boolean signed = keys.verify(seal.keyId(), seal.hash(), seal.signature());
    if (fits && signed) {
      return true;
    }
    if (!signed && !forged) {
      forged = true;
      found(
          Finding.ofSeal(
              Kind.SEAL_FORGED,
              seal.seq(),
              "no trusted key signed it as it is; its "
                  + seal.leaves().size()
                  + " entries were sealed at "
                  + seal.sealedAt()
                  + "; later seals are not listed one by one"));
    } else if (!signed) {
      wrong++;
    }
    if (!fits) {
      found(
          Finding.ofSeal(
              Kind.SEAL_CHANGED, seal.seq(), "its entries are not those it was made of"));
    }
    nameRewrittenEntries(seal);
    return false;
  }

  private void nameRewrittenEntries(Seal seal) {
    Optional<LeafTags> tags = keys.tags(seal);
    if (tags.isEmpty()) {
      return;
    }
    List<Leaf> leaves = seal.leaves();
    List<LeafTags.Verdict> verdicts = tags.get().verdicts(leaves, seal.tags());
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      if (verdicts.get(i) == LeafTags.Verdict.REWRITTEN) {
        found(
            Finding.ofEvent(
                Kind.EVENT_CHANGED,
                leaf.id(),
                leaf.micros(),
                seal.seq(),
                "its entry in the seal was rewritten, or put there by somebody else"));
      } else if (verdicts.get(i) == LeafTags.Verdict.NEIGHBOUR_MISSING
          && (i == 0 || verdicts.get(i - 1) != LeafTags.Verdict.REWRITTEN)) {
        boolean backwards = i > 0 && leaves.get(i - 1).id() > leaf.id();
        found(
            Finding.ofEvent(
                backwards ? Kind.EVENT_REORDERED : Kind.EVENT_REMOVED,
                leaf.id(),
                leaf.micros(),
                seal.seq(),
                backwards
                    ? "its entry stands after that of event " + leaves.get(i - 1).id()
                    : "the entries before this event were taken out of the seal"
                        + (i == 0 ? "" : ", after event " + leaves.get(i - 1).id())));
      }
    }
  }

  private void checkEvents(Seal seal, boolean genuine) throws SQLException {
    Map<Long, List<AuditRow>> rows = new HashMap<>();
    List<Leaf> leaves = seal.leaves();
    long first = leaves.stream().mapToLong(Leaf::micros).min().orElse(0);
    long last = leaves.stream().mapToLong(Leaf::micros).max().orElse(0);
    List<Long> ids = leaves.stream().map(Leaf::id).toList();
    for (AuditRow row : trail.rows(ids, AuditRow.instant(first), AuditRow.instant(last))) {
      rows.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row);
    }
    for (Leaf leaf : leaves) {
      sealed.add(leaf.id());
      List<AuditRow> found = rows.getOrDefault(leaf.id(), List.of());
      Optional<AuditRow> same =
          found.stream().filter(row -> row.occurredAtMicros() == leaf.micros()).findFirst();
      if (same.isPresent()) {
        compare(seal, leaf, same.get(), genuine);
      } else if (!tally.accept(leaf)) {
        missing(seal, leaf);
      } else {
        deleted++;
      }
    }
  }

  private void compare(Seal seal, Leaf leaf, AuditRow row, boolean genuine) {
    Digest digest = row.digest();
    if (Arrays.equals(digest.hash(), leaf.hash())) {
      // A row that agrees with a forged seal proves nothing; the seal has been reported.
      events += genuine ? 1 : 0;
    } else {
      changed.put(leaf.id(), new Changed(seal.seq(), leaf, digest.marks()));
    }
  }

  /** Not where it was sealed: moved to another time, or gone. */
  private void missing(Seal seal, Leaf leaf) throws SQLException {
    List<AuditRow> elsewhere =
        trail.rows(
            List.of(leaf.id()),
            java.time.Instant.parse("1970-01-01T00:00:00Z"),
            java.time.Instant.parse("9999-01-01T00:00:00Z"));
    if (elsewhere.isEmpty()) {
      found(
          Finding.ofEvent(
              Kind.EVENT_REMOVED,
              leaf.id(),
              leaf.micros(),
              seal.seq(),
              "its row is gone and no proof of deletion covers it"));
    } else {
      changed.put(leaf.id(), new Changed(seal.seq(), leaf, elsewhere.get(0).digest().marks()));
    }
  }

  /** Two changed rows of which each holds what the other should were exchanged. */
  private void nameChanges() {
    Map<String, Long> wanted = new HashMap<>();
    changed.forEach((id, change) -> wanted.put(content(change.leaf().marks()), id));
    changed.forEach(
        (id, change) -> {
          Long origin = wanted.get(content(change.actual()));
          List<String> columns = Digest.differences(change.leaf().marks(), change.actual());
          if (origin != null && !origin.equals(id)) {
            found(
                Finding.ofEvent(
                    Kind.EVENT_REORDERED,
                    id,
                    change.leaf().micros(),
                    change.seal(),
                    "it holds what event " + origin + " should"));
          } else {
            found(
                Finding.ofEvent(
                    Kind.EVENT_CHANGED,
                    id,
                    change.leaf().micros(),
                    change.seal(),
                    columns.isEmpty()
                        ? "its row differs from what was sealed"
                        : "differs in " + String.join(", ", columns)));
          }
        });
  }

  /** The marks of what an event says, without its number and time. */
  private static String content(byte[] marks) {
    return Arrays.toString(Arrays.copyOfRange(marks, 2 * AuditRow.MARK, marks.length));
  }

  private void checkPresence() throws SQLException {
    IdSet waiting = new IdSet();
    IdSet seen = new IdSet();
    trail.eachUnsealed((id, micros) -> waiting.add(id));
    trail.eachEvent(
        (id, micros) -> {
          boolean first = seen.add(id);
          if (waiting.contains(id)) {
            pending++;
          }
          if (!first || !(sealed.contains(id) || waiting.contains(id))) {
            found(
                Finding.ofEvent(
                    Kind.EVENT_INSERTED,
                    id,
                    micros,
                    null,
                    first
                        ? "no seal covers it, and Vigil did not record it"
                        : "a second row of this number"));
          }
        });
    trail.eachUnsealed(
        (id, micros) -> {
          if (!seen.contains(id)) {
            found(
                Finding.ofEvent(
                    Kind.EVENT_REMOVED, id, micros, null, "its row is gone before it was sealed"));
          }
        });
  }

  /** A row that differs from its leaf. */
  private record Changed(long seal, Leaf leaf, byte[] actual) {}
}
