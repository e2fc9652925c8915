package org.vigil.analysis.application;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.cfg.Configuration;
import org.vigil.analysis.api.AnalysisCompleted;
import org.vigil.analysis.api.AnalysisJobs;
import org.vigil.analysis.api.ModelCatalog;
import org.vigil.analysis.api.PlaceOrder;
import org.vigil.analysis.api.StudyMatchedLate;
import org.vigil.analysis.api.Worklist;
import org.vigil.analysis.domain.AnalysisFinding;
import org.vigil.analysis.domain.Feedback;
import org.vigil.analysis.domain.HeatMapImage;
import org.vigil.analysis.domain.ImageAnalysis;
import org.vigil.analysis.domain.ImagingOrder;
import org.vigil.analysis.domain.SeverityPolicy;
import org.vigil.analysis.domain.WorklistEntry;
import org.vigil.analysis.persistence.AnalysisRepository;
import org.vigil.analysis.persistence.MatchLocks;
import org.vigil.analysis.persistence.OrderRepository;
import org.vigil.analysis.persistence.WorklistRepository;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.ResultContent;
import org.vigil.imaging.api.Studies;
import org.vigil.imaging.api.StudyArrived;
import org.vigil.imaging.api.StudyCompleted;
import org.vigil.imaging.api.StudyView;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.Code;
import org.vigil.kernel.Priority;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.Severity;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.AiFeature;
import org.vigil.tenancy.api.Consents;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.FeatureSettings;
import org.vigil.tenancy.api.Features;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/**
 * The use cases of analysis on a real PostgreSQL, without a server: transactions are begun here,
 * events are delivered to plain listeners, and what would go into the queue is kept in a list.
 */
final class NightShift implements AutoCloseable {
  static final TenantId ST_AGNES = TenantId.of("st-agnes");
  static final LocalDate BORN = LocalDate.of(1958, 3, 14);
  static final Instant TEN_PAST_TWO = Instant.parse("2026-11-22T02:10:00Z");

  private static final EmbeddedPostgres POSTGRES = start();
  private static int schemas;

  /** A message in the queue. */
  record Message(UUID analysis, Priority priority, int stepsBack) {
    Message(UUID analysis, Priority priority) {
      this(analysis, priority, 0);
    }
  }

  final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
  final List<Message> queue = new CopyOnWriteArrayList<>();
  final List<AnalysisCompleted> completed = new CopyOnWriteArrayList<>();
  final List<StudyMatchedLate> matchedLate = new CopyOnWriteArrayList<>();
  final Map<StudyInstanceUid, StudyView> imaging = new ConcurrentHashMap<>();
  List<String> models = List.of("chest");
  String refusal;
  List<FeatureSettings.Decision> switches = List.of();
  final Set<Consents.Scope> objections = EnumSet.noneOf(Consents.Scope.class);
  SeverityPolicy policy = SeverityPolicy.ofManifest();

  final OrderBook orders;
  final StudyIntake intake;
  final JobPlanning planning;
  final JobLedger jobs;
  final AnalysisRecords analyses;
  final ReadingList worklist;
  final WorklistBroadcast broadcast = new WorklistBroadcast();

  private final EntityManagerFactory factory;
  private final ThreadLocal<EntityManager> session = new ThreadLocal<>();
  private final ThreadLocal<List<Runnable>> afterCommit = ThreadLocal.withInitial(ArrayList::new);

  NightShift() {
    factory = bootstrap(newSchema());
    EntityManager em = currentSession();
    AnalysisRepository analysisRows = new AnalysisRepository(em);
    OrderRepository orderRows = new OrderRepository(em);
    WorklistRepository lineRows = new WorklistRepository(em);
    MatchLocks locks = new MatchLocks(em);
    Event<AuditEvent> auditEvents = event(e -> afterCommit.get().add(() -> audit.add(e)));
    WorklistLines lines =
        new WorklistLines(
            lineRows,
            analysisRows,
            locks,
            event(e -> afterCommit.get().add(() -> broadcast.onCommitted(e))));
    AiClearance clearance = new AiClearance(new Switches(), new Objections(), orderRows);
    planning =
        new JobPlanning(
            analysisRows,
            lines,
            new StoredStudies(),
            instance(List.of((ModelCatalog) this::fit)),
            clearance,
            new QueueShare(analysisRows, new OneHospital(), 3),
            (id, priority, back) ->
                afterCommit.get().add(() -> queue.add(new Message(id, priority, back))),
            auditEvents);
    StudyMatching matching =
        new StudyMatching(
            orderRows,
            analysisRows,
            planning,
            auditEvents,
            event(e -> afterCommit.get().add(() -> matchedLate.add(e))));
    orders =
        new OrderBook(
            orderRows, lineRows, lines, locks, matching, planning, auditEvents, event(e -> {}));
    intake = new StudyIntake(lineRows, lines, locks, matching, planning);
    jobs =
        new JobLedger(
            analysisRows,
            orderRows,
            lines,
            clearance,
            () -> policy,
            auditEvents,
            event(e -> afterCommit.get().add(() -> completed.add(e))));
    Refusals refusals = new Refusals(event(audit::add));
    analyses = new AnalysisRecords(analysisRows, lines, planning, clearance, refusals, auditEvents);
    worklist =
        new ReadingList(lineRows, orderRows, lines, matching, planning, clearance, broadcast);
  }

  /** Runs a use case in a transaction of St. Agnes. */
  <T> T in(Supplier<T> useCase) {
    try (TenantContext.Scope scope = TenantContext.enter(ST_AGNES);
        EntityManager em = factory.createEntityManager()) {
      EntityTransaction transaction = em.getTransaction();
      transaction.begin();
      session.set(em);
      try {
        T result = useCase.get();
        transaction.commit();
        List<Runnable> effects = List.copyOf(afterCommit.get());
        afterCommit.remove();
        effects.forEach(Runnable::run);
        return result;
      } finally {
        session.remove();
        afterCommit.remove();
        if (transaction.isActive()) {
          transaction.rollback();
        }
      }
    }
  }

  void run(Runnable useCase) {
    in(
        () -> {
          useCase.run();
          return null;
        });
  }

  /** Tells a native statement to the database, to prepare or to look. */
  List<?> sql(String query) {
    return in(() -> session.get().createNativeQuery(query, Object.class).getResultList());
  }

  // What comes in.

  static PlaceOrder order(String number, String accession, String patientId, Priority priority) {
    return order(PlaceOrder.Control.NEW, number, accession, patientId, "Doe^Jane", priority);
  }

  static PlaceOrder order(
      PlaceOrder.Control control,
      String number,
      String accession,
      String patientId,
      String name,
      Priority priority) {
    return new PlaceOrder(
        control,
        number,
        null,
        accession,
        patientId,
        null,
        name,
        BORN,
        "F",
        "71045",
        "Chest 1 view",
        "DX",
        priority,
        "D1",
        "House^Greg",
        "cough",
        TEN_PAST_TWO,
        "RIS",
        "STAGNES");
  }

  /** A chest film of Jane Doe's. */
  static StudyView study(String uid, String accession, String patientId, int version) {
    return study(uid, accession, patientId, "Doe^Jane", version, TEN_PAST_TWO);
  }

  static StudyView study(
      String uid, String accession, String patientId, String name, int version, Instant at) {
    return new StudyView(
        StudyInstanceUid.of(uid),
        version,
        true,
        patientId,
        null,
        name,
        BORN,
        "F",
        accession,
        null,
        "S1",
        LocalDate.of(2026, 11, 22),
        null,
        "Chest",
        null,
        Set.of("DX"),
        "MODALITY",
        1,
        at,
        at.plusSeconds(1));
  }

  void arrive(StudyView study) {
    imaging.put(study.studyInstanceUid(), study);
    run(() -> intake.onArrived(new StudyArrived(study)));
  }

  void complete(StudyView study) {
    imaging.put(study.studyInstanceUid(), study);
    run(() -> intake.onCompleted(new StudyCompleted(study, images(study))));
  }

  /** What inference does with one job. */
  void infer(UUID analysis, double probability, Severity severity) {
    in(() -> jobs.claim(analysis));
    run(() -> jobs.complete(analysis, result(probability, severity)));
  }

  static AnalysisJobs.Result result(double probability, Severity severity) {
    return new AnalysisJobs.Result(
        "Chest phantom",
        "1.2.3.4",
        "ab".repeat(32),
        "demonstration",
        true,
        List.of(
            new AnalysisJobs.Label(
                "pneumothorax",
                Code.of(Code.SCT, "36118008", "Pneumothorax"),
                probability,
                0.5,
                severity,
                new ResultContent.Box(10, 20, 30, 40)),
            new AnalysisJobs.Label("nodule", null, 0.1, 0.5, Severity.URGENT, null)),
        new ResultContent.HeatMap(2, 3, new byte[] {0, 1, 2, 3, 4, 5}),
        12.5);
  }

  // What comes out.

  List<Worklist.Entry> list() {
    return in(() -> worklist.entries(false));
  }

  Worklist.Entry line(String study) {
    return in(() -> worklist.find(StudyInstanceUid.of(study))).orElseThrow();
  }

  List<UUID> jobsOf(String study) {
    return line(study).analyses();
  }

  List<AuditEvent.Action> audited() {
    return audit.stream().map(AuditEvent::action).toList();
  }

  private List<ModelCatalog.ModelFit> fit(StudyView study, List<InstanceView> instances) {
    return models.stream()
        .map(
            m ->
                new ModelCatalog.ModelFit(
                    m, "1.0.0", m, refusal == null ? instances.get(0) : null, refusal))
        .toList();
  }

  private static List<InstanceView> images(StudyView study) {
    String uid = study.studyInstanceUid().value();
    return List.of(
        new InstanceView(
            study.studyInstanceUid(),
            SeriesInstanceUid.of(uid + ".1"),
            SopInstanceUid.of(uid + ".1.1"),
            "1.2.840.10008.5.1.4.1.1.1.1",
            "1.2.840.10008.1.2.1",
            "DX",
            null,
            1,
            1,
            InstanceView.Origin.ACQUIRED,
            1024,
            1024,
            1,
            12,
            "MONOCHROME2",
            "CHEST",
            "PA",
            "068Y",
            true,
            2_097_152,
            "00",
            study.lastInstanceAt(),
            InstanceView.Availability.ONLINE));
  }

  /** Somebody switches a feature for all modalities. */
  void decide(AiFeature feature, boolean enabled) {
    switches =
        List.of(
            new FeatureSettings.Decision(
                feature, null, enabled, "under review", "admin", TEN_PAST_TWO));
  }

  private final class Switches implements Features {
    @Override
    public FeatureSettings current() {
      return new FeatureSettings(Set.of(AiFeature.DETECTION, AiFeature.FLAGGING), switches);
    }

    @Override
    public void require(AiFeature feature, String modality, Actor actor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void change(
        AiFeature feature, String modality, boolean enabled, String reason, Actor actor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Change> log(AiFeature feature, Instant from, Instant to, int limit) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class OneHospital implements TenantDirectory {
    @Override
    public List<TenantView> active() {
      return List.of();
    }

    @Override
    public Optional<TenantView> find(TenantId id) {
      return Optional.empty();
    }

    @Override
    public Optional<TenantView> byCalledAeTitle(String aeTitle) {
      return Optional.empty();
    }

    @Override
    public Optional<TenantView> byReceivingFacility(String facility) {
      return Optional.empty();
    }

    @Override
    public List<Destination> destinations(TenantId id, Destination.Kind kind) {
      return List.of();
    }
  }

  private final class Objections implements Consents {
    @Override
    public boolean hasOptedOut(Scope scope, String patientId, String issuer) {
      return patientId != null && objections.contains(scope);
    }

    @Override
    public void record(Wish wish, Actor actor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Note> query(String patientId, int limit, Actor actor) {
      throw new UnsupportedOperationException();
    }
  }

  private final class StoredStudies implements Studies {
    @Override
    public List<org.vigil.imaging.api.PriorStudy> priors(StudyInstanceUid uid) {
      return List.of();
    }

    @Override
    public Optional<StudyView> find(StudyInstanceUid uid) {
      return Optional.ofNullable(imaging.get(uid));
    }

    @Override
    public List<InstanceView> instances(StudyInstanceUid uid) {
      return images(imaging.get(uid));
    }

    @Override
    public Optional<InstanceView> instance(SopInstanceUid uid) {
      return Optional.empty();
    }

    @Override
    public InputStream open(SopInstanceUid uid) {
      return InputStream.nullInputStream();
    }
  }

  // The parts of a server that are needed.

  private EntityManager currentSession() {
    return proxy(
        EntityManager.class,
        (method, arguments) -> {
          try {
            return method.invoke(session.get(), arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static <T> Event<T> event(Consumer<T> observer) {
    return proxy(
        Event.class,
        (method, arguments) -> {
          if (!method.getName().equals("fire")) {
            throw new UnsupportedOperationException(method.getName());
          }
          observer.accept((T) arguments[0]);
          return null;
        });
  }

  @SuppressWarnings("unchecked")
  private static <T> Instance<T> instance(List<T> beans) {
    return proxy(
        Instance.class,
        (method, arguments) -> {
          if (!method.getName().equals("iterator")) {
            throw new UnsupportedOperationException(method.getName());
          }
          Iterator<T> iterator = beans.iterator();
          return iterator;
        });
  }

  /** What a proxied method does. */
  private interface Behaviour {
    Object call(java.lang.reflect.Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Behaviour behaviour) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> behaviour.call(method, arguments)));
  }

  private static EntityManagerFactory bootstrap(String schema) {
    Configuration configuration = new Configuration();
    for (Class<?> entity :
        List.of(
            ImagingOrder.class,
            ImageAnalysis.class,
            AnalysisFinding.class,
            HeatMapImage.class,
            Feedback.class,
            WorklistEntry.class)) {
      configuration.addAnnotatedClass(entity);
    }
    configuration.setProperty(
        "jakarta.persistence.jdbc.url",
        POSTGRES.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema);
    configuration.setProperty("hibernate.connection.pool_size", "12");
    configuration.setProperty("hibernate.jdbc.time_zone", "UTC");
    configuration.setProperty("hibernate.jdbc.batch_size", "50");
    configuration.setProperty("hibernate.order_inserts", "true");
    configuration.setProperty(
        "hibernate.type.preferred_instant_jdbc_type", "TIMESTAMP_WITH_TIMEZONE");
    configuration.setProperty("hibernate.hbm2ddl.auto", "validate");
    return configuration.buildSessionFactory();
  }

  private static synchronized String newSchema() {
    String schema = "night_" + ++schemas;
    try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        InputStream script =
            NightShift.class.getResourceAsStream(
                "/db/tenant/V20261122_30__analysis_orders_and_worklist.sql")) {
      statement.execute("create schema " + schema);
      statement.execute("set search_path = " + schema);
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      return schema;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
