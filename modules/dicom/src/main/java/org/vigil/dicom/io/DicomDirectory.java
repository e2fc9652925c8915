package org.vigil.dicom.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;

/**
 * A DICOMDIR: the directory of a medium (PS3.3 annex F, PS3.10 §8), as a tree of patients, studies,
 * series and instances.
 */
public final class DicomDirectory {

  /**
   * A directory record.
   *
   * @param type Directory Record Type, for example {@code PATIENT}
   * @param attributes the record's own keys
   * @param children records of the lower level
   */
  public record Entry(String type, Attributes attributes, List<Entry> children) {}

  /** Levels of the deepest directory there can be, and some more. */
  private static final int DEEPEST = 16;

  private static final List<String> LEVELS = List.of("PATIENT", "STUDY", "SERIES");

  private final Path folder;
  private final String fileSetId;
  private final List<Entry> roots;
  private final List<String> warnings;

  private DicomDirectory(Path folder, String fileSetId, List<Entry> roots, List<String> warnings) {
    this.folder = folder;
    this.fileSetId = fileSetId;
    this.roots = List.copyOf(roots);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads a DICOMDIR.
   *
   * @throws DicomException {@link DicomError#ELEMENT_MISSING} if the file is no directory
   */
  public static DicomDirectory read(Path file) throws IOException {
    Map<Attributes, Long> offsets = new IdentityHashMap<>();
    DicomObject object = DicomReader.of(file).itemOffsets(offsets).read();
    Attributes dataset = object.dataset();
    Sequence records = dataset.getSequence(Tag.DirectoryRecordSequence);
    if (records == null) {
      throw new DicomException(
          DicomError.ELEMENT_MISSING,
          Tag.DirectoryRecordSequence,
          "The object is no directory of a medium");
    }
    List<String> warnings = new ArrayList<>(object.warnings());
    List<Entry> roots = new Links(records, offsets).roots(dataset, warnings);
    return new DicomDirectory(
        file.toAbsolutePath().getParent(), dataset.getString(Tag.FileSetID, ""), roots, warnings);
  }

  /** File-set ID, empty where there is none. */
  public String fileSetId() {
    return fileSetId;
  }

  /** The records of the root, usually patients. */
  public List<Entry> roots() {
    return roots;
  }

  /** What was tolerated, without values. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The file a record refers to, whether it exists or not.
   *
   * @return nothing where the record refers to none
   * @throws DicomException {@link DicomError#VALUE_INVALID} if its File ID leads out of the medium
   */
  public Optional<Path> fileOf(Entry entry) throws IOException {
    String[] parts = entry.attributes().getStrings(Tag.ReferencedFileID);
    if (parts.length == 0) {
      return Optional.empty();
    }
    Path at = folder;
    for (String part : parts) {
      if (part.isEmpty() || part.matches("\\.+|.*[/\\\\\\p{Cntrl}:].*")) {
        throw new DicomException(
            DicomError.VALUE_INVALID,
            Tag.ReferencedFileID,
            "A File ID does not name a file of the medium");
      }
      at = child(at, part);
    }
    return Optional.of(at);
  }

  /** File systems show the names of a CD in either case. */
  private static Path child(Path parent, String name) throws IOException {
    Path exact = parent.resolve(name);
    if (Files.exists(exact) || !Files.isDirectory(parent)) {
      return exact;
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(c -> c.getFileName().toString().equalsIgnoreCase(name))
          .findFirst()
          .orElse(exact);
    }
  }

  /** The records' references to each other, which are offsets in the file. */
  private static final class Links {
    private final Sequence records;
    private final Map<Long, Attributes> byOffset = new HashMap<>();
    private final Map<Attributes, Entry> reached = new IdentityHashMap<>();

    Links(Sequence records, Map<Attributes, Long> offsets) {
      this.records = records;
      for (Attributes item : records) {
        Long offset = offsets.get(item);
        if (offset != null) {
          byOffset.put(offset, item);
        }
      }
    }

    List<Entry> roots(Attributes dataset, List<String> warnings) {
      long first = offset(dataset, Tag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity);
      List<Entry> linked = level(first, 0);
      if (reached.size() == records.size()) {
        return linked;
      }
      warnings.add(
          (records.size() - reached.size())
              + " of "
              + records.size()
              + " directory records are not linked; their order was used");
      return inOrder();
    }

    private static long offset(Attributes record, int tag) {
      long[] values = record.getLongs(tag);
      return values.length == 0 ? 0 : values[0];
    }

    /** A chain of records and what lies below them; no record is visited twice. */
    private List<Entry> level(long first, int depth) {
      List<Entry> entries = new ArrayList<>();
      Attributes record = depth > DEEPEST ? null : byOffset.get(first);
      while (record != null && !reached.containsKey(record)) {
        Entry entry = entry(record);
        reached.put(record, entry);
        entries.add(entry);
        record = byOffset.get(offset(record, Tag.OffsetOfTheNextDirectoryRecord));
      }
      for (Entry entry : entries) {
        entry
            .children()
            .addAll(
                level(
                    offset(entry.attributes(), Tag.OffsetOfReferencedLowerLevelDirectoryEntity),
                    depth + 1));
      }
      return entries;
    }

    private static Entry entry(Attributes record) {
      return new Entry(record.getString(Tag.DirectoryRecordType, "?"), record, new ArrayList<>());
    }

    /** By type: a study belongs to the patient before it, and so on. */
    private List<Entry> inOrder() {
      List<Entry> roots = new ArrayList<>();
      Entry[] open = new Entry[LEVELS.size()];
      for (Attributes record : records) {
        Entry entry = entry(record);
        int level = LEVELS.indexOf(entry.type());
        int depth = level < 0 ? LEVELS.size() : level;
        Entry parent = null;
        for (int i = 0; i < depth; i++) {
          parent = open[i] == null ? parent : open[i];
        }
        (parent == null ? roots : parent.children()).add(entry);
        if (level >= 0) {
          java.util.Arrays.fill(open, level, open.length, null);
          open[level] = entry;
        }
      }
      return roots;
    }
  }
}
