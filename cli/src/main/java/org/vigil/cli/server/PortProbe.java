package org.vigil.cli.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** Whether a TCP port is free, whether something answers on it, and whose it is. */
public final class PortProbe {

  private static final String LISTENING = "0A";

  private PortProbe() {}

  /**
   * Whether Vigil could listen there now.
   *
   * @param address address to bind
   * @param port 1 to 65535
   */
  public static boolean isFree(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers do: connections of a past run in TIME_WAIT do not block.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether something accepts connections there.
   *
   * @param address address to connect to
   * @param port 1 to 65535
   */
  public static boolean answers(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The process that listens on a port, as far as this user may know: of another user's process the
   * kernel tells nothing.
   *
   * @param port 1 to 65535
   */
  public static OptionalLong owner(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      sockets.addAll(listeningSockets(Path.of(table), port));
    }
    if (sockets.isEmpty()) {
      return OptionalLong.empty();
    }
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> holds(pid, sockets))
        .findFirst();
  }

  /** Names ("socket:[4711]") of the sockets in one of the kernel's tables that listen on a port. */
  static Set<String> listeningSockets(Path table, int port) {
    Set<String> found = new HashSet<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(table);
    } catch (IOException e) {
      // No such table on this system: then nothing is known, which the caller can live with.
      return found;
    }
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    for (String line : lines) {
      String[] fields = line.trim().split("\\s+", -1);
      if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
        found.add("socket:[" + fields[9] + "]");
      }
    }
    return found;
  }

  private static boolean holds(long pid, Set<String> sockets) {
    try (DirectoryStream<Path> open =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : open) {
        if (Files.isSymbolicLink(descriptor)
            && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException e) {
      // Another user's process, or one that has just ended: not ours to look into.
      return false;
    }
    return false;
  }
}
