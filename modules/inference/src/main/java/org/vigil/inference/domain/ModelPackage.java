package org.vigil.inference.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A model as a folder: {@code model.onnx}, {@code manifest.yaml}, {@code MODEL_CARD.md}, {@code
 * golden/} and {@code SHA256SUMS} over all of them (lines of {@code sha256sum}).
 *
 * @param folder where it lies
 * @param manifestYaml as written
 * @param modelCard Markdown
 * @param modelSha256 of {@code model.onnx}, lower-case hex
 * @param packageSha256 of {@code SHA256SUMS}, and so of every byte of the package
 */
public record ModelPackage(
    Path folder,
    ModelManifest manifest,
    String manifestYaml,
    String modelCard,
    String modelSha256,
    String packageSha256) {
  public static final String MODEL = "model.onnx";
  public static final String MANIFEST = "manifest.yaml";
  public static final String CARD = "MODEL_CARD.md";
  public static final String SUMS = "SHA256SUMS";

  /**
   * Opens a package and checks every byte of it.
   *
   * @throws org.vigil.kernel.VigilException INFERENCE-0001 naming the file or key that is wrong
   */
  public static ModelPackage open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    for (String name : new String[] {SUMS, MANIFEST, MODEL, CARD}) {
      if (!Files.isRegularFile(root.resolve(name))) {
        throw YamlNode.invalid(name, "is missing from the package");
      }
    }
    try {
      Map<String, String> sums = readSums(root);
      verify(root, sums);
      String yaml = text(root, MANIFEST);
      return new ModelPackage(
          root,
          ManifestReader.read(yaml),
          yaml,
          text(root, CARD),
          sums.get(MODEL),
          sha256(root.resolve(SUMS)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a model package", e);
    }
  }

  public Path modelFile() {
    return folder.resolve(MODEL);
  }

  /**
   * The UID by which this model version is named as an observer (PS3.16 TID 1004): the manifest's,
   * or one derived from its content (PS3.5 §B.2).
   */
  public String uid() {
    if (manifest.uid() != null) {
      return manifest.uid();
    }
    byte[] digest =
        digest().digest((manifest.reference() + modelSha256).getBytes(StandardCharsets.UTF_8));
    byte[] uuid = Arrays.copyOf(digest, 16);
    uuid[6] = (byte) ((uuid[6] & 0x0f) | 0x80);
    uuid[8] = (byte) ((uuid[8] & 0x3f) | 0x80);
    return "2.25." + new BigInteger(1, uuid);
  }

  /** SHA-256 of a file, lower-case hex. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Map<String, String> readSums(Path root) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    for (String line : text(root, SUMS).lines().toList()) {
      if (line.isBlank()) {
        continue;
      }
      if (!line.matches("[0-9a-f]{64} [ *].+")) {
        throw YamlNode.invalid(SUMS, "has a line that sha256sum would not write");
      }
      String name = line.substring(66).replaceFirst("^\\./", "");
      if (!root.resolve(name).normalize().startsWith(root) || name.startsWith("/")) {
        throw YamlNode.invalid(SUMS, "names a file outside the package");
      }
      sums.put(name, line.substring(0, 64));
    }
    return sums;
  }

  private static void verify(Path root, Map<String, String> sums) throws IOException {
    for (Map.Entry<String, String> sum : sums.entrySet()) {
      Path file = root.resolve(sum.getKey());
      if (!Files.isRegularFile(file)) {
        throw YamlNode.invalid(sum.getKey(), "is listed in SHA256SUMS but missing");
      }
      if (!sha256(file).equals(sum.getValue())) {
        throw YamlNode.invalid(sum.getKey(), "differs from its SHA256SUMS entry");
      }
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (!name.equals(SUMS) && !sums.containsKey(name)) {
          throw YamlNode.invalid(name, "is not listed in SHA256SUMS");
        }
      }
    }
  }

  private static String text(Path root, String name) throws IOException {
    try {
      return Files.readString(root.resolve(name));
    } catch (CharacterCodingException e) {
      throw YamlNode.invalid(name, "is not UTF-8");
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
