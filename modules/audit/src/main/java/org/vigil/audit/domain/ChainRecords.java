package org.vigil.audit.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Heads and anchors as files, outside the database: {@code <folder>/<trail>/<day>.json} holds an
 * anchor and is written once; {@code <folder>/<trail>.json} holds the newest head.
 */
public final class ChainRecords {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChainRecords() {}

  /** Where a day's anchor lies in a folder. */
  public static Path file(Path folder, String trail, LocalDate day) {
    return folder.resolve(trail).resolve(day + ".json");
  }

  /** Writes an anchor; one that is there already is left alone. */
  public static Path write(Path folder, Anchor anchor) throws IOException {
    Path file = file(folder, anchor.trail(), anchor.day());
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      // A share that allows writing once allows no renaming either: written in place.
      Files.write(file, text(anchor).getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  /** An anchor as it stands in its file. */
  public static String text(Anchor anchor) {
    return json(anchor).toPrettyString();
  }

  /** The anchors of a trail in a folder, oldest first. */
  public static List<Anchor> anchors(Path folder, String trail) throws IOException {
    List<Anchor> anchors = new ArrayList<>();
    for (Path file : files(folder.resolve(trail))) {
      anchors.add(anchor(JSON.readTree(file.toFile())));
    }
    return anchors;
  }

  /** Replaces the head in one step: a reader sees the old or the new one. */
  public static void write(Path folder, SealHead head) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(head.trail() + ".json");
    Path draft = folder.resolve("." + head.trail() + ".new");
    Files.write(draft, JSON.writeValueAsBytes(json(head)));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Keeps a head that the chain no longer leads to: evidence for the next check. */
  public static void keepAside(Path folder, SealHead head) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(head.trail() + "." + head.seq() + ".lost.json");
    Files.write(file, JSON.writeValueAsBytes(json(head)));
  }

  /** The newest head of a trail in a folder. */
  public static Optional<SealHead> newest(Path folder, String trail) throws IOException {
    Path file = folder.resolve(trail + ".json");
    return Files.exists(file) ? Optional.of(head(JSON.readTree(file.toFile()))) : Optional.empty();
  }

  /** The heads of a trail in a folder: the newest, and any that were lost. */
  public static List<SealHead> heads(Path folder, String trail) throws IOException {
    List<SealHead> heads = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      if (name.equals(trail + ".json") || name.matches(trail + "\\.\\d+\\.lost\\.json")) {
        heads.add(head(JSON.readTree(file.toFile())));
      }
    }
    return heads;
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
        files.forEach(found::add);
      }
    }
    found.sort(null);
    return found;
  }

  static ObjectNode json(Anchor anchor) {
    return JSON.createObjectNode()
        .put("kind", "vigil-audit-anchor-1")
        .put("trail", anchor.trail())
        .put("day", anchor.day().toString())
        .put("firstSeal", anchor.firstSeal())
        .put("lastSeal", anchor.lastSeal())
        .put("eventTotal", anchor.eventTotal())
        .put("root", hex(anchor.root()))
        .put("headHash", hex(anchor.headHash()))
        .put("anchoredAt", anchor.anchoredAt().toString())
        .put("keyId", anchor.keyId())
        .put("signature", hex(anchor.signature()));
  }

  static Anchor anchor(JsonNode json) {
    return new Anchor(
        json.path("trail").asText(),
        LocalDate.parse(json.path("day").asText()),
        json.path("firstSeal").asLong(),
        json.path("lastSeal").asLong(),
        json.path("eventTotal").asLong(),
        bytes(json.path("root")),
        bytes(json.path("headHash")),
        Instant.parse(json.path("anchoredAt").asText()),
        json.path("keyId").asText(),
        bytes(json.path("signature")));
  }

  private static ObjectNode json(SealHead head) {
    return JSON.createObjectNode()
        .put("kind", "vigil-audit-head-1")
        .put("trail", head.trail())
        .put("seq", head.seq())
        .put("eventTotal", head.eventTotal())
        .put("hash", hex(head.hash()))
        .put("sealedAt", head.sealedAt().toString())
        .put("keyId", head.keyId())
        .put("signature", hex(head.signature()));
  }

  private static SealHead head(JsonNode json) {
    return new SealHead(
        json.path("trail").asText(),
        json.path("seq").asLong(),
        json.path("eventTotal").asLong(),
        bytes(json.path("hash")),
        Instant.parse(json.path("sealedAt").asText()),
        json.path("keyId").asText(),
        bytes(json.path("signature")));
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] bytes(JsonNode hex) {
    return HexFormat.of().parseHex(hex.asText());
  }
}
