package org.vigil.dicom.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The registry of data elements (PS3.6 §6 and the command set of PS3.7 annex E): keyword, value
 * representation and multiplicity of every standard tag, repeating groups (50xx, 60xx) included.
 */
public final class ElementDictionary {

  /** One row of the registry; {@code vr} may name alternatives such as {@code US/SS}. */
  private record Entry(String keyword, String vr, String vm, boolean retired) {}

  /** A row whose tag has wildcards: it matches where {@code (tag & mask) == pattern}. */
  private record Repeating(int mask, int pattern, Entry entry) {}

  private static final Map<Integer, Entry> ENTRIES = new HashMap<>(8192);
  private static final Map<String, Integer> TAGS = new HashMap<>(8192);
  private static final List<Repeating> REPEATING = new ArrayList<>();

  static {
    load();
  }

  private ElementDictionary() {}

  private static void load() {
    try (InputStream in = ElementDictionary.class.getResourceAsStream("dictionary.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        String[] cells = line.split("\t", -1);
        Entry entry =
            new Entry(cells[1], cells[2], cells[3], cells.length > 4 && cells[4].equals("R"));
        String tag = cells[0];
        TAGS.putIfAbsent(entry.keyword, Integer.parseUnsignedInt(tag.replace('x', '0'), 16));
        if (tag.indexOf('x') < 0) {
          ENTRIES.put(Integer.parseUnsignedInt(tag, 16), entry);
        } else {
          String mask = tag.replaceAll("[0-9a-f]", "f").replace('x', '0');
          REPEATING.add(
              new Repeating(
                  Integer.parseUnsignedInt(mask, 16),
                  Integer.parseUnsignedInt(tag.replace('x', '0'), 16),
                  entry));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The dictionary of data elements cannot be read", e);
    }
  }

  private static Entry entryOf(int tag) {
    Entry entry = ENTRIES.get(tag);
    if (entry != null || Tag.isPrivate(tag)) {
      return entry;
    }
    for (Repeating repeating : REPEATING) {
      if ((tag & repeating.mask) == repeating.pattern) {
        return repeating.entry;
      }
    }
    return null;
  }

  /**
   * The tag of a keyword; of a repeating group, its first.
   *
   * @return the tag, or -1 when no standard element has this keyword
   */
  public static int tagOf(String keyword) {
    return TAGS.getOrDefault(keyword, -1);
  }

  /** The keyword of a tag, or null when it is private or unknown. */
  public static String keywordOf(int tag) {
    Entry entry = entryOf(tag);
    return entry == null ? null : entry.keyword;
  }

  /** The value multiplicity as PS3.6 writes it ({@code 1}, {@code 1-n}, {@code 2-2n}), or null. */
  public static String vmOf(int tag) {
    Entry entry = entryOf(tag);
    return entry == null ? null : entry.vm;
  }

  /** Whether the standard knows the tag but has retired it. */
  public static boolean isRetired(int tag) {
    Entry entry = entryOf(tag);
    return entry != null && entry.retired;
  }

  /** Whether the standard knows the tag. */
  public static boolean isKnown(int tag) {
    return entryOf(tag) != null;
  }

  /** {@link #vrOf(int, boolean)} for unsigned pixels. */
  public static VR vrOf(int tag) {
    return vrOf(tag, false);
  }

  /**
   * The value representation of a tag. Alternatives resolve as PS3.5 annex A says for implicit VR:
   * "US or SS" by Pixel Representation, everything with OW to OW. Group lengths are UL, private
   * creators LO, and what is unknown is UN.
   *
   * @param signedPixels whether (0028,0103) Pixel Representation is 1 in the data set
   */
  public static VR vrOf(int tag, boolean signedPixels) {
    Entry entry = entryOf(tag);
    if (entry == null) {
      if (Tag.element(tag) == 0) {
        return VR.UL;
      }
      return Tag.isPrivateCreator(tag) ? VR.LO : VR.UN;
    }
    return switch (entry.vr) {
      case "OB/OW", "US/OW", "US/SS/OW" -> VR.OW;
      case "US/SS" -> signedPixels ? VR.SS : VR.US;
      case "--" -> VR.UN;
      default -> VR.valueOf(entry.vr);
    };
  }
}
