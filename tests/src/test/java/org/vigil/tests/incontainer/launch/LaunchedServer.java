package org.vigil.tests.incontainer.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;
import org.vigil.cli.server.Launcher;
import org.vigil.cli.server.Port;
import org.vigil.cli.server.Profile;
import org.vigil.cli.server.Settings;
import org.vigil.cli.server.VigilHome;
import org.vigil.tests.server.VigilServer;

/**
 * One server for all classes of the run, started as {@code ./vigil start} starts it (its own
 * PostgreSQL, free ports, a home under {@code target} made anew), but without the application,
 * which Arquillian deploys. Only runs that use Arquillian start it.
 */
public final class LaunchedServer {
  private static final int START_SECONDS = 300;

  private final Map<String, String> settings = new LinkedHashMap<>();
  private Launcher launcher;

  /** Before Arquillian reads the container's configuration. */
  public void configure(@Observes ContainerRegistry registry) {
    choosePorts();
    for (Container container : registry.getContainers()) {
      container
          .getContainerConfiguration()
          .property("jbossHome", checkout().resolve("wildfly-config/target/wildfly").toString())
          .property("managementAddress", "127.0.0.1")
          .property("managementPort", settings.get(Port.MANAGEMENT.key()));
      container
          .getContainerConfiguration()
          .protocol("Servlet 6.0")
          .property("scheme", "https")
          .property("host", "localhost")
          .property("port", settings.get(Port.HTTPS.key()));
    }
  }

  /** Before Arquillian connects. */
  public void start(@Observes(precedence = 100) BeforeSuite event) throws IOException {
    System.setProperty("vigil.checkout", checkout().toString());
    VigilHome home = new VigilHome(Path.of("target/in-container"));
    launcher = new Launcher(home, new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    launcher.stop();
    empty(home.root());
    Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop, "stop the server"));
    launcher.startWithoutApplication(settings, START_SECONDS);
    trust(home);
  }

  /** Arquillian calls the tests over HTTPS, with what the virtual machine trusts. */
  private static void trust(VigilHome home) throws IOException {
    try (InputStream certificate = Files.newInputStream(home.certificate())) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "vigil", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** After Arquillian has undeployed the last application. */
  public void stop(@Observes(precedence = -100) AfterSuite event) {
    launcher.stop();
  }

  private void choosePorts() {
    settings.put(Settings.PROFILE, Profile.DEMO.key());
    Iterator<Integer> free = VigilServer.freePorts(Port.values().length).iterator();
    for (Port port : Port.values()) {
      settings.put(port.key(), free.next().toString());
    }
  }

  private static Path checkout() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("wildfly-config")) ? here : here.getParent();
  }

  private static void empty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
