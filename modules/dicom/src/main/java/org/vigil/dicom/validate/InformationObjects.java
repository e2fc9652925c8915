package org.vigil.dicom.validate;

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
import org.vigil.dicom.data.ElementDictionary;

/** Which modules an information object must have, and which attributes they ask for (PS3.3). */
final class InformationObjects {
  static final InformationObjects TABLE = read();

  /**
   * A module.
   *
   * @param type1 attributes that must have a value
   * @param type2 attributes that must be there, perhaps empty
   */
  record Module(String name, List<Integer> type1, List<Integer> type2) {}

  private final Map<String, Module> modules = new HashMap<>();
  private final Map<String, List<Module>> bySopClass = new HashMap<>();

  private static InformationObjects read() {
    InformationObjects table = new InformationObjects();
    try (InputStream in = InformationObjects.class.getResourceAsStream("modules.txt");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      Module current = null;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("module ")) {
          current = new Module(line.substring(7), new ArrayList<>(), new ArrayList<>());
          table.modules.put(current.name(), current);
        } else if (line.startsWith("1")) {
          table.tags(line, current.type1());
        } else if (line.startsWith("2")) {
          table.tags(line, current.type2());
        } else if (line.startsWith("iod ")) {
          table.object(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The table of modules cannot be read", e);
    }
    return table;
  }

  private void tags(String line, List<Integer> into) {
    String[] words = line.split(" ");
    for (int i = 1; i < words.length; i++) {
      int tag = ElementDictionary.tagOf(words[i]);
      if (tag == -1) {
        throw new IllegalStateException(words[i] + " is no keyword of PS3.6");
      }
      into.add(tag);
    }
  }

  private void object(String line) {
    int colon = line.indexOf(" : ");
    List<Module> needed = new ArrayList<>();
    for (String name : line.substring(colon + 3).split("; ")) {
      Module module = modules.get(name);
      if (module == null) {
        throw new IllegalStateException("There is no module " + name);
      }
      needed.add(module);
    }
    for (String uid : line.substring(4, colon).split(" ")) {
      bySopClass.put(uid, needed);
    }
  }

  /** The modules of a SOP class; those of any composite object where it is not in the table. */
  List<Module> modulesOf(String sopClassUid) {
    return bySopClass.getOrDefault(sopClassUid, bySopClass.get("*"));
  }
}
