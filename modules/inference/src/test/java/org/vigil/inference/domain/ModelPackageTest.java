package org.vigil.inference.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.inference.TestPackages;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

class ModelPackageTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() {
    TestPackages.write(folder, "tiny", TestPackages.MANIFEST);
  }

  @Test
  void opensAPackageAndHashesItsContent() throws IOException {
    ModelPackage model = ModelPackage.open(folder);

    assertThat(model.manifest().id()).isEqualTo("tiny");
    assertThat(model.modelCard()).isEqualTo("# Tiny\n");
    assertThat(model.modelSha256())
        .isEqualTo(ModelPackage.sha256(folder.resolve("model.onnx")))
        .hasSize(64);
    assertThat(model.packageSha256()).isNotEqualTo(model.modelSha256()).hasSize(64);
  }

  @Test
  void derivesAUidThatStaysAndTellsVersionsApart() throws IOException {
    String uid = ModelPackage.open(folder).uid();

    assertThat(uid).matches("2\\.25\\.[1-9][0-9]{1,38}").isEqualTo(ModelPackage.open(folder).uid());

    Path manifest = folder.resolve("manifest.yaml");
    Files.writeString(manifest, TestPackages.MANIFEST.replace("1.0.0", "1.0.1"));
    TestPackages.sum(folder);
    assertThat(ModelPackage.open(folder).uid()).isNotEqualTo(uid);

    Files.writeString(manifest, TestPackages.MANIFEST + "uid: 1.2.3.4\n");
    TestPackages.sum(folder);
    assertThat(ModelPackage.open(folder).uid()).isEqualTo("1.2.3.4");
  }

  @Test
  void refusesAChangedByte() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("model.onnx"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("model.onnx"), bytes);

    assertRefused("model.onnx", "differs from its SHA256SUMS entry");
  }

  @Test
  void refusesAMissingFile() throws IOException {
    Files.delete(folder.resolve("golden/README.md"));
    assertRefused("golden/README.md", "is listed in SHA256SUMS but missing");

    Files.delete(folder.resolve("MODEL_CARD.md"));
    assertRefused("MODEL_CARD.md", "is missing from the package");
  }

  @Test
  void refusesAnUnlistedFile() throws IOException {
    Files.writeString(folder.resolve("golden/case.json"), "{}");

    assertRefused("golden/case.json", "is not listed in SHA256SUMS");
  }

  @Test
  void refusesSumsThatAreNone() throws IOException {
    Files.writeString(folder.resolve("SHA256SUMS"), "abc  model.onnx\n");

    assertRefused("SHA256SUMS", "has a line that sha256sum would not write");
  }

  @Test
  void refusesSumsOfFilesOutside() throws IOException {
    Files.writeString(folder.resolve("SHA256SUMS"), "0".repeat(64) + "  ../secret\n");

    assertRefused("SHA256SUMS", "names a file outside the package");
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Files.write(folder.resolve("manifest.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    TestPackages.sum(folder);

    assertRefused("manifest.yaml", "is not UTF-8");
  }

  private void assertRefused(String key, String problem) {
    assertThatExceptionOfType(VigilException.class)
        .isThrownBy(() -> ModelPackage.open(folder))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_0001);
              assertThat(e.details()).containsEntry("key", key).containsEntry("problem", problem);
            });
  }
}
