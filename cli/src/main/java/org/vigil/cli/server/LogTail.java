package org.vigil.cli.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The end of a log file, for a message about a failed start. */
final class LogTail {

  private static final Pattern TELLING =
      Pattern.compile(
          " (ERROR|FATAL) |Caused by:|^[a-z][\\w.]*\\.[A-Z]\\w*(Exception|Error): |OutOfMemory");

  private static final int LONGEST = 400;

  private LogTail() {}

  /** The last lines. */
  static String of(Path file, int lines) {
    return join(all(file, 0), lines);
  }

  /**
   * The last different errors, each line once.
   *
   * @param file the log
   * @param from byte to begin at
   * @param lines how many lines at most
   */
  static String ofProblems(Path file, long from, int lines) {
    List<String> told =
        all(file, from).stream()
            .filter(line -> TELLING.matcher(line).find())
            .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line)
            .distinct()
            .collect(Collectors.toList());
    return join(told, lines);
  }

  private static List<String> all(Path file, long from) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int start = from > bytes.length ? 0 : (int) from;
      return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toList());
    } catch (IOException e) {
      return List.of("(no log at " + file + ")");
    }
  }

  private static String join(List<String> lines, int last) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - last), lines.size()));
  }
}
