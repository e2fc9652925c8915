package org.vigil.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.server.VigilHome;

/**
 * A receiver of objects on this machine, and the processor time it uses.
 *
 * @param processes whose time counts, with their children's
 */
record StorePeer(String name, String aeTitle, int port, List<Long> processes, Process own)
    implements AutoCloseable {
  private static final double TICKS_PER_SECOND = 100;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Starts a program that listens on the port; its output goes to a file in the folder. */
  static StorePeer start(String name, String aeTitle, int port, Path folder, String... command)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    StorePeer peer = new StorePeer(name, aeTitle, port, List.of(process.pid()), process);
    peer.awaitPort();
    return peer;
  }

  /**
   * Starts Orthanc with SQLite, which takes whatever it is sent.
   *
   * @param more settings beyond those of storage and DICOM
   */
  static StorePeer orthanc(Path folder, Map<String, Object> more) throws IOException {
    int port = freePort();
    Map<String, Object> configuration = new LinkedHashMap<>(more);
    configuration.put("StorageDirectory", folder.resolve("storage").toString());
    configuration.put("IndexDirectory", folder.resolve("index").toString());
    configuration.put("DicomAet", "ORTHANC");
    configuration.put("DicomPort", port);
    configuration.put("DicomAlwaysAllowStore", true);
    Path file = folder.resolve("orthanc.json");
    Files.writeString(file, Json.line(configuration));
    return start("orthanc", "ORTHANC", port, folder, "Orthanc", file.toString());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitPort() throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        return;
      } catch (IOException e) {
        if (!own.isAlive() || System.nanoTime() > deadline) {
          throw new CommandFailure(ExitCode.FAILED, name + " does not listen on " + port, e);
        }
        try {
          TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new CommandFailure(ExitCode.FAILED, "interrupted", interrupted);
        }
      }
    }
  }

  /** Seconds of processor time so far, of ended children too. */
  double cpuSeconds() throws IOException {
    List<Long> all = new ArrayList<>(processes);
    for (long pid : processes) {
      ProcessHandle.of(pid)
          .ifPresent(process -> process.descendants().forEach(child -> all.add(child.pid())));
    }
    long ticks = 0;
    for (long pid : all) {
      ticks += ticks(Path.of("/proc", Long.toString(pid), "stat"));
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** What of that went into compiling: a Java server does so until it has run for a while. */
  double compilerSeconds() throws IOException {
    long ticks = 0;
    for (long pid : processes) {
      try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
        for (Path thread : threads.toList()) {
          Path name = thread.resolve("comm");
          if (Files.exists(name) && Files.readString(name).contains(" CompilerThre")) {
            ticks += ticks(thread.resolve("stat"));
          }
        }
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** None where the process or thread has ended. */
  private static long ticks(Path stat) throws IOException {
    if (!Files.exists(stat)) {
      return 0;
    }
    String line = Files.readString(stat);
    // proc(5): after the name in brackets come fields 3 and following; 14 to 17 are the times.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int field = 14; field <= 17; field++) {
      ticks += Long.parseLong(fields[field - 3]);
    }
    return ticks;
  }

  /** A hospital to store for, unless it is there. */
  static void tenant(VigilHome home, String id, String aeTitle) {
    ApiClient.asPlatformAdministrator(home)
        .send(
            "POST",
            "platform/tenants",
            Map.of(
                "id", id,
                "name", "Bench",
                "timeZone", "UTC",
                "aeTitle", aeTitle,
                "receivingFacility", aeTitle));
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    if (own != null) {
      own.destroy();
      try {
        if (!own.waitFor(10, TimeUnit.SECONDS)) {
          own.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
