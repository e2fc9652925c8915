package org.vigil.audit.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/**
 * Proof that one event stands in the trail as it is shown: the event, its way up to a signed seal
 * and, once its day is over, the seal's way up to a signed anchor. Checked with nothing but the
 * public key; tells nothing of other events.
 */
public final class InclusionProof {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KIND = "vigil-audit-proof-1";

  private InclusionProof() {}

  /**
   * The proof of an event.
   *
   * @throws VigilException AUDIT-0002 when there is no such event, AUDIT-0003 when it is not sealed
   */
  public static ObjectNode of(Trail trail, long event) throws SQLException {
    AuditRow row = trail.row(event).orElseThrow(() -> new VigilException(ErrorCode.AUDIT_0002));
    Seal seal =
        trail
            .sealOf(event, row.occurredAt())
            .orElseThrow(() -> new VigilException(ErrorCode.AUDIT_0003));
    int index = seal.leaves().stream().map(Leaf::id).toList().indexOf(event);
    ObjectNode proof = JSON.createObjectNode().put("kind", KIND).put("trail", trail.schema());
    proof.set("event", json(row));
    proof.set(
        "path", json(MerkleTree.path(seal.leaves().stream().map(Leaf::content).toList(), index)));
    proof.set("seal", json(seal));
    Optional<Anchor> anchor =
        trail.anchors().stream()
            .filter(a -> a.firstSeal() <= seal.seq() && seal.seq() <= a.lastSeal())
            .findFirst();
    if (anchor.isPresent()) {
      List<byte[]> hashes =
          trail.heads(anchor.get().firstSeal() - 1, Instant.parse("9999-01-01T00:00:00Z")).stream()
              .filter(head -> head.seq() <= anchor.get().lastSeal())
              .map(SealHead::hash)
              .toList();
      proof.set("anchor", ChainRecords.json(anchor.get()));
      proof.set(
          "anchorPath",
          json(MerkleTree.path(hashes, (int) (seal.seq() - anchor.get().firstSeal()))));
    }
    return proof;
  }

  /**
   * What is wrong with a proof.
   *
   * @return empty when it holds
   */
  public static List<String> check(JsonNode proof, TrustedKeys keys) {
    List<String> wrong = new ArrayList<>();
    if (!proof.path("kind").asText().equals(KIND)) {
      return List.of("this is no proof of an audit event");
    }
    JsonNode seal = proof.path("seal");
    byte[] root =
        MerkleTree.climb(Leaf.of(row(proof.path("event"))).content(), steps(proof.path("path")));
    byte[] hash =
        Seal.hash(
            proof.path("trail").asText(),
            seal.path("seq").asLong(),
            seal.path("count").asInt(),
            root,
            seal.path("eventTotal").asLong(),
            ChainRecords.bytes(seal.path("previousHash")),
            Instant.parse(seal.path("sealedAt").asText()),
            seal.path("keyId").asText());
    if (!keys.verify(
        seal.path("keyId").asText(), hash, ChainRecords.bytes(seal.path("signature")))) {
      wrong.add("the event does not lead to a seal signed by a trusted key");
    }
    if (proof.has("anchor")) {
      Anchor anchor = ChainRecords.anchor(proof.path("anchor"));
      if (!anchor.trail().equals(proof.path("trail").asText())
          || !keys.verify(anchor.keyId(), anchor.digest(), anchor.signature())
          || !Arrays.equals(
              MerkleTree.climb(hash, steps(proof.path("anchorPath"))), anchor.root())) {
        wrong.add("the seal does not lead to the anchor of " + anchor.day());
      }
    }
    return wrong;
  }

  private static ObjectNode json(AuditRow row) {
    return JSON.createObjectNode()
        .put("id", row.id())
        .put("occurred_at", row.occurredAt().toString())
        .put("action", row.action())
        .put("outcome", row.outcome())
        .put("actor_kind", row.actorKind())
        .put("actor_name", row.actorName())
        .put("actor_address", row.actorAddress())
        .put("study_uid", row.studyUid())
        .put("patient_id", row.patientId())
        .put("entity", row.entity())
        .put("details", row.details());
  }

  private static AuditRow row(JsonNode json) {
    return new AuditRow(
        json.path("id").asLong(),
        Instant.parse(json.path("occurred_at").asText()),
        text(json, "action"),
        text(json, "outcome"),
        text(json, "actor_kind"),
        text(json, "actor_name"),
        text(json, "actor_address"),
        text(json, "study_uid"),
        text(json, "patient_id"),
        text(json, "entity"),
        text(json, "details"));
  }

  private static String text(JsonNode json, String field) {
    return json.hasNonNull(field) ? json.get(field).asText() : null;
  }

  private static ObjectNode json(Seal seal) {
    return JSON.createObjectNode()
        .put("seq", seal.seq())
        .put("count", seal.leaves().size())
        .put("eventTotal", seal.eventTotal())
        .put("previousHash", ChainRecords.hex(seal.previousHash()))
        .put("sealedAt", seal.sealedAt().toString())
        .put("keyId", seal.keyId())
        .put("signature", ChainRecords.hex(seal.signature()));
  }

  private static ArrayNode json(List<MerkleTree.Step> path) {
    ArrayNode steps = JSON.createArrayNode();
    path.forEach(
        step ->
            steps
                .addObject()
                .put("hash", ChainRecords.hex(step.hash()))
                .put("side", step.left() ? "left" : "right"));
    return steps;
  }

  private static List<MerkleTree.Step> steps(JsonNode path) {
    List<MerkleTree.Step> steps = new ArrayList<>();
    path.forEach(
        step ->
            steps.add(
                new MerkleTree.Step(
                    ChainRecords.bytes(step.path("hash")),
                    step.path("side").asText().equals("left"))));
    return steps;
  }
}
