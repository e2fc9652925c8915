package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;

/**
 * Reads every open DICOM file beside the checkout, writes it again and compares element by element;
 * a file that is refused must say why. Runs where the folder is there.
 */
@EnabledIf("filesAreThere")
class OpenFilesTest {
  private static final Path FILES = Path.of("../../../shared/data/dicom");

  static boolean filesAreThere() {
    return Files.isRegularFile(FILES.resolve("INDEX.tsv"));
  }

  @Test
  void everyFileIsRewrittenWithoutLossOrRefusedWithAReason() throws Exception {
    List<String> lost = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int same = 0;
    for (Path file : files()) {
      String name = FILES.relativize(file).toString();
      DicomObject object;
      try {
        object = DicomReader.of(file).read();
      } catch (DicomException e) {
        assertThat(e.getMessage()).as(name).startsWith("DICOM-");
        refused.add(name + ": " + e.getMessage());
        continue;
      }
      String difference = rewritten(object);
      if (difference == null) {
        same++;
      } else {
        lost.add(name + ": " + difference);
      }
    }
    System.out.println(same + " rewritten without loss, refused: " + refused);
    assertThat(lost).isEmpty();
    assertThat(same).isGreaterThan(180);
  }

  @Test
  void theModelsOfTheWebHoldEveryFileToo() throws Exception {
    for (Path file : files()) {
      try {
        Attributes dataset = DicomReader.of(file).read().dataset();
        assertThatCode(() -> DicomJson.toJson(dataset, (path, length) -> "bulk/" + path))
            .as(file.toString())
            .doesNotThrowAnyException();
      } catch (DicomException e) {
        assertThat(e.getMessage()).startsWith("DICOM-");
      }
    }
  }

  /** What differs after writing and reading once more, or null. */
  private static String rewritten(DicomObject object) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      DicomWriter.writeDataset(out, object.dataset(), object.transferSyntax());
      Attributes back =
          DicomReader.readDataset(
              new ByteArrayInputStream(out.toByteArray()), object.transferSyntax());
      return difference("", object.dataset(), back);
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static String difference(String path, Attributes before, Attributes after)
      throws IOException {
    if (before.equals(after)) {
      return null;
    }
    TreeSet<Integer> tags = new TreeSet<>(Integer::compareUnsigned);
    IntStream.of(before.tags()).forEach(tags::add);
    IntStream.of(after.tags()).forEach(tags::add);
    // Lengths of groups have no meaning but that of the encoding they were read from (PS3.5 §7.2).
    tags.removeIf(tag -> Tag.element(tag) == 0);
    for (int tag : tags) {
      String here = path + Tag.toString(tag);
      if (!before.contains(tag) || !after.contains(tag)) {
        return here + " is in one of them only";
      }
      if (before.getVR(tag) != after.getVR(tag)) {
        return here + " was " + before.getVR(tag) + " and is " + after.getVR(tag);
      }
      Sequence items = before.getSequence(tag);
      if (items != null) {
        for (int i = 0; i < items.size(); i++) {
          String inside =
              difference(here + "[" + i + "]", items.get(i), after.getSequence(tag).get(i));
          if (inside != null) {
            return inside;
          }
        }
      } else if (before.getFragments(tag) == null
          && !Arrays.equals(even(before.getBytes(tag)), after.getBytes(tag))) {
        return here
            + " had "
            + before.getBytes(tag).length
            + " bytes and has "
            + after.getBytes(tag).length;
      } else if (before.getFragments(tag) != null
          && !sameFragments(before.getFragments(tag), after.getFragments(tag))) {
        return here + ": its fragments";
      }
    }
    return null;
  }

  private static boolean sameFragments(Fragments before, Fragments after) throws IOException {
    if (before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!Arrays.equals(even(before.bytesOf(i)), after.bytesOf(i))) {
        return false;
      }
    }
    return true;
  }

  /** A value of odd length, which no writer may write, gets a byte (PS3.5 §7.1.1). */
  private static byte[] even(byte[] value) {
    return Arrays.copyOf(value, value.length + value.length % 2);
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String line : Files.readAllLines(FILES.resolve("INDEX.tsv"))) {
      Path file = FILES.resolve(line.split("\t", -1)[0]);
      if (Files.isRegularFile(file)) {
        files.add(file);
      }
    }
    return files;
  }
}
