package org.vigil.imaging.house;

import io.smallrye.config.inject.ConfigExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hibernate.cfg.Configuration;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jboss.weld.injection.spi.JpaInjectionServices;
import org.jboss.weld.injection.spi.ResourceReference;
import org.jboss.weld.injection.spi.ResourceReferenceFactory;
import org.jboss.weld.injection.spi.helpers.SimpleResourceReference;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.net.DicomServer;
import org.vigil.dicom.net.DimseService;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.imaging.application.CompletionScheduler;
import org.vigil.imaging.application.PriorShelf;
import org.vigil.imaging.application.StoredImages;
import org.vigil.imaging.application.StoredStudies;
import org.vigil.imaging.dicomweb.StoredDicomWeb;
import org.vigil.imaging.dimse.AssociationAdmission;
import org.vigil.imaging.dimse.StorageScp;
import org.vigil.imaging.lifecycle.StorageLifecycle;
import org.vigil.imaging.pacs.PacsLedger;
import org.vigil.imaging.pacs.PacsLines;
import org.vigil.imaging.pacs.PacsTask;
import org.vigil.imaging.pacs.PacsWork;
import org.vigil.imaging.persistence.PacsNodeRepository;
import org.vigil.imaging.query.HierarchicalQuery;
import org.vigil.imaging.result.StoredResults;
import org.vigil.imaging.storage.FileObjectStore;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.tenancy.api.TenantContext;

/**
 * Imaging with the server's own wiring (Weld), on a PostgreSQL with the module's own migrations,
 * listening for modalities, but without the server: what it tells other modules is kept, and what
 * its clock would start is started by {@link #work}.
 */
public final class ImagingHouse implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static EmbeddedPostgres postgres;
  private static int schemas;

  private final WeldContainer container;
  private final EntityManagerFactory sessions;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final DicomServer server;
  private final String schema = newSchema();

  public ImagingHouse(Path folder) {
    Surroundings.storage = folder.resolve("storage");
    System.setProperty("vigil.home", folder.toString());
    System.setProperty("vigil.imaging.minimum-free-bytes", "1");
    System.setProperty("vigil.pacs.commitment-repetition", "PT1S");
    sessions = sessions(schema);
    LocalTransactions.use(sessions);
    container =
        new Weld()
            .disableDiscovery()
            .addExtension(new ConfigExtension())
            .addServices(new EntityManagers())
            .addBeanClasses(Surroundings.class, LocalTransactions.class)
            .addInterceptor(LocalTransactions.class)
            .addPackages(
                false,
                PacsLines.class,
                PriorShelf.class,
                PacsNodeRepository.class,
                FileObjectStore.class,
                StoredDicomWeb.class,
                HierarchicalQuery.class,
                StoredResults.class,
                StorageLifecycle.class,
                StorageScp.class)
            .initialize();
    server = listen();
    the(CompletionScheduler.class).start(Executors.defaultThreadFactory());
  }

  private DicomServer listen() {
    StorageScp scp = the(StorageScp.class);
    AssociationAdmission admission = the(AssociationAdmission.class);
    try {
      DicomServer.Builder builder =
          DicomServer.builder(threads)
              .port(0)
              .bindAddress(InetAddress.getLoopbackAddress())
              .acceptor(request -> admission.decide(request, false))
              .storeHandler(scp);
      container.select(DimseService.class).forEach(builder::service);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A bean. */
  public <T> T the(Class<T> type) {
    return container.select(type).get();
  }

  /** What other modules heard. */
  public Surroundings surroundings() {
    return the(Surroundings.class);
  }

  public int port() {
    return server.port();
  }

  /** This hospital's Vigil, as a modality knows it. */
  public RemoteAe remote(String callingAe) {
    return RemoteAe.of("127.0.0.1", port(), Surroundings.AE_TITLE, callingAe);
  }

  /** Runs something for the hospital. */
  public void in(Runnable work) {
    TenantContext.run(Surroundings.ST_AGNES, work);
  }

  /** An object, as it is read back. */
  DicomObject stored(String sopInstanceUid) {
    List<DicomObject> found = new ArrayList<>();
    in(
        () -> {
          try {
            found.add(
                DicomReader.of(the(StoredStudies.class).source(SopInstanceUid.of(sopInstanceUid)))
                    .read());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return found.get(0);
  }

  /** The samples of its first frame. */
  int[] pixels(String sopInstanceUid) {
    List<int[]> found = new ArrayList<>();
    in(
        () ->
            found.add(
                the(StoredImages.class).decode(SopInstanceUid.of(sopInstanceUid), 1).samples()));
    return found.get(0);
  }

  /** One column of a query, as text. */
  public List<String> texts(String query) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = " + schema);
      List<String> texts = new ArrayList<>();
      if (statement.execute(query)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            texts.add(rows.getString(1));
          }
        }
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs something while another transaction holds what a query locks. */
  public void holding(String query, Runnable work) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = " + schema);
      connection.setAutoCommit(false);
      statement.execute(query);
      work.run();
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does what is to be asked of PACS, again and again, until an assertion holds. */
  public void workUntil(Runnable assertion) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .pollInSameThread()
        .untilAsserted(
            () -> {
              work();
              in(assertion);
            });
  }

  /** Does once what is due. */
  public void work() {
    in(
        () -> {
          PacsWork work = the(PacsWork.class);
          for (PacsTask task : the(PacsLedger.class).claim(10)) {
            work.attempt(task);
          }
        });
  }

  @Override
  public void close() {
    the(CompletionScheduler.class).stop();
    server.close();
    threads.shutdownNow();
    container.close();
    sessions.close();
  }

  private static EntityManagerFactory sessions(String schema) {
    Configuration configuration = new Configuration();
    imagingEntities().forEach(configuration::addAnnotatedClass);
    configuration.setProperty(
        "hibernate.connection.url",
        postgres.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema);
    configuration.setProperty("hibernate.hbm2ddl.auto", "none");
    configuration.setProperty("hibernate.jdbc.time_zone", "UTC");
    configuration.setProperty(
        "hibernate.type.preferred_instant_jdbc_type", "TIMESTAMP_WITH_TIMEZONE");
    configuration.setProperty("hibernate.connection.pool_size", "20");
    // As the server has it: a query that the specification does not know is refused there.
    configuration.setProperty("hibernate.jpa.compliance.query", "true");
    return configuration.buildSessionFactory();
  }

  /** As the house's persistence unit lists them. */
  private static List<Class<?>> imagingEntities() {
    try (InputStream unit = ImagingHouse.class.getResourceAsStream("/META-INF/persistence.xml")) {
      String text = new String(unit.readAllBytes(), StandardCharsets.UTF_8);
      Matcher names =
          Pattern.compile("<class>(org\\.vigil\\.imaging\\.[^<]+)</class>").matcher(text);
      return names.results().<Class<?>>map(m -> load(m.group(1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static synchronized String newSchema() {
    try {
      if (postgres == null) {
        postgres = EmbeddedPostgres.builder().start();
      }
      String schema = "hospital_" + ++schemas;
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement();
          Stream<Path> files =
              Files.list(Path.of("src/main/resources/db/tenant").toAbsolutePath())) {
        statement.execute("create schema " + schema);
        statement.execute("set search_path = " + schema);
        for (Path file : files.sorted().toList()) {
          statement.execute(Files.readString(file).replace("${tenantRole}", "current_user"));
        }
      }
      return schema;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class EntityManagers implements JpaInjectionServices {
    @Override
    public ResourceReferenceFactory<EntityManager> registerPersistenceContextInjectionPoint(
        InjectionPoint injectionPoint) {
      return () ->
          (ResourceReference<EntityManager>)
              new SimpleResourceReference<>(LocalTransactions.current());
    }

    @Override
    public ResourceReferenceFactory<EntityManagerFactory> registerPersistenceUnitInjectionPoint(
        InjectionPoint injectionPoint) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void cleanup() {
      // Nothing is held.
    }
  }
}
