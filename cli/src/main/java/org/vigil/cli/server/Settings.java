package org.vigil.cli.server;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * The settings of one start: the command line's options over {@code config/vigil.properties} over
 * the defaults. Keys that the launcher does not know are the application's and are handed on.
 */
public final class Settings {

  /** Number of a port that is not listened on. */
  public static final int OFF = -1;

  /** Key of the profile. */
  public static final String PROFILE = "vigil.profile";

  /** Key of the address that HTTPS, DICOM and MLLP listen on. */
  public static final String BIND_ADDRESS = "vigil.bind-address";

  /** Key of the server's heap size, as in {@code -Xmx}. */
  public static final String HEAP = "vigil.server.heap";

  /** Key of the JDBC URL; set by the operator for an external database only. */
  public static final String DATABASE_URL = "vigil.db.url";

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<Port, Integer> ports = new EnumMap<>(Port.class);
  private final boolean externalDatabase;

  private Settings(Map<String, String> values) {
    this.values.putAll(values);
    for (Port port : Port.values()) {
      ports.put(port, number(port, values.get(port.key())));
    }
    externalDatabase = values.containsKey(DATABASE_URL);
  }

  /**
   * Reads the settings.
   *
   * @param home the installation
   * @param options what the command line sets, by key
   */
  public static Settings load(VigilHome home, Map<String, String> options) {
    Map<String, String> values = new LinkedHashMap<>(read(home.settings()));
    values.putAll(options);
    return new Settings(values);
  }

  /**
   * The settings that the running server was started with, else those of the file.
   *
   * @param home the installation
   */
  public static Settings ofRunningServer(VigilHome home) {
    Map<String, String> values = new LinkedHashMap<>(read(home.settings()));
    Map<String, String> effective = read(home.effectiveProperties());
    for (Port port : Port.values()) {
      if (effective.containsKey(port.key())) {
        values.put(port.key(), effective.get(port.key()));
      }
    }
    for (String key : new String[] {PROFILE, BIND_ADDRESS}) {
      if (effective.containsKey(key)) {
        values.put(key, effective.get(key));
      }
    }
    return new Settings(values);
  }

  /** Reads a properties file; an absent one is empty. */
  static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "cannot read " + file + ": " + e.getMessage() + "; correct the file",
            e);
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(k -> values.put(k, properties.getProperty(k).strip()));
    return values;
  }

  private static int number(Port port, String text) {
    if (text == null) {
      return port.standard();
    }
    if (port.canBeOff() && text.equalsIgnoreCase("off")) {
      return OFF;
    }
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
      throw new CommandFailure(
          ExitCode.USAGE,
          port.key()
              + " is \""
              + text
              + "\", expected a port from 1 to 65535: correct it or use "
              + port.option());
    }
    return Integer.parseInt(text);
  }

  /** The number of a port, or {@link #OFF}. */
  public int port(Port port) {
    return ports.get(port);
  }

  /** Whether the operator named a database of their own. */
  public boolean externalDatabase() {
    return externalDatabase;
  }

  /** {@code demo} or {@code production}. */
  public Profile profile() {
    String text = values.getOrDefault(PROFILE, Profile.PRODUCTION.key());
    for (Profile profile : Profile.values()) {
      if (profile.key().equals(text)) {
        return profile;
      }
    }
    throw new CommandFailure(
        ExitCode.USAGE, PROFILE + " is \"" + text + "\", expected demo or production: correct it");
  }

  /**
   * The address that HTTPS, DICOM and MLLP listen on. The demo, whose passwords everybody knows, is
   * not offered to the network unless somebody asks for it.
   */
  public String bindAddress() {
    return values.getOrDefault(BIND_ADDRESS, profile() == Profile.DEMO ? "127.0.0.1" : "0.0.0.0");
  }

  /** An address of this machine through which a port can be tried. */
  public InetAddress probeAddress(Port port) {
    try {
      if (port.loopbackOnly()) {
        return InetAddress.getByName("127.0.0.1");
      }
      InetAddress address = InetAddress.getByName(bindAddress());
      return address.isAnyLocalAddress() ? InetAddress.getByName("127.0.0.1") : address;
    } catch (UnknownHostException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          BIND_ADDRESS
              + " is \""
              + bindAddress()
              + "\", which is no address of this machine: correct it",
          e);
    }
  }

  /** The address that a port is bound to. */
  public InetAddress listenAddress(Port port) {
    try {
      return InetAddress.getByName(port.loopbackOnly() ? "127.0.0.1" : bindAddress());
    } catch (UnknownHostException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          BIND_ADDRESS
              + " is \""
              + bindAddress()
              + "\", which is no address of this machine: correct it",
          e);
    }
  }

  /** A setting, or null. */
  public String get(String key) {
    return values.get(key);
  }

  /** All settings that were made, by key. */
  public Map<String, String> all() {
    return Map.copyOf(values);
  }
}
