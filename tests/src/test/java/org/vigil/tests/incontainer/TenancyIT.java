package org.vigil.tests.incontainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.Tenants;
import org.vigil.tests.incontainer.Unit.Undone;

/** The database itself keeps hospitals apart, on connections that they share. */
@Tag("alone")
@ArquillianTest
class TenancyIT {
  private static final String REFUSED = "42501";
  private static final String NO_SUCH_TABLE = "42P01";
  private static final int THREADS = 8;
  private static final int REQUESTS = 60;
  private static final int PATIENCE_SECONDS = 180;

  @Inject private Hospital hospital;
  @Inject private Unit unit;
  @Inject private Ledger ledger;
  @Inject private Tenants tenants;
  @Inject private Event<AuditEvent> audit;
  @Resource private ManagedThreadFactory threads;

  @Resource(lookup = "java:jboss/datasources/VigilXA")
  private DataSource pool;

  @PersistenceContext(unitName = "vigil")
  private EntityManager entities;

  private TenantId agnes;
  private TenantId barbara;

  @Deployment
  static EnterpriseArchive application() {
    return Application.withTests();
  }

  @BeforeEach
  void openHospitals() {
    agnes = hospital.open("agnes");
    barbara = hospital.open("barbara");
  }

  @Test
  void concurrentRequestsSeeTheirOwnRowsOnlyAndLeaveNoRoleBehind() throws Exception {
    long before = logins(agnes) + logins(barbara);
    ExecutorService clients = Executors.newFixedThreadPool(THREADS, threads);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        all.add(clients.submit(() -> requests(number)));
      }
      int committed = 0;
      for (Future<Integer> one : all) {
        committed += one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      assertThat(logins(agnes) + logins(barbara) - before).isEqualTo(committed);
    } finally {
      clients.shutdownNow();
    }
    assertThat(rolesOfPooledConnections()).containsOnly("vigil_app none");
  }

  /** A third commits, a third is rolled back, a third ends in an error of the database. */
  private int requests(int thread) {
    int committed = 0;
    for (int i = 0; i < REQUESTS; i++) {
      TenantId mine = (thread + i) % 2 == 0 ? agnes : barbara;
      int end = i % 3;
      try {
        unit.of(
            mine,
            () -> {
              audit.fire(
                  AuditEvent.of(AuditEvent.Action.LOGIN, Actor.person("reader", null))
                      .on(mine.value()));
              List<?> seen =
                  entities
                      .createNativeQuery(
                          "select distinct entity || ' ' || current_user from audit_event"
                              + " where action = 'LOGIN'",
                          String.class)
                      .getResultList();
              assertThat(seen).isEqualTo(List.of(mine.value() + " " + mine.schema()));
              if (end == 1) {
                throw new Undone();
              }
              if (end == 2) {
                one("select 1 / 0");
              }
            });
        committed++;
      } catch (RuntimeException expected) {
        assertThat(end).as("a request that should have been committed: %s", expected).isNotZero();
      }
    }
    return committed;
  }

  private List<String> rolesOfPooledConnections() throws SQLException {
    List<Connection> held = new ArrayList<>();
    List<String> roles = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * THREADS; i++) {
        Connection connection = pool.getConnection();
        held.add(connection);
        try (Statement statement = connection.createStatement();
            ResultSet row =
                statement.executeQuery("select current_user || ' ' || current_setting('role')")) {
          row.next();
          roles.add(row.getString(1));
        }
      }
    } finally {
      for (Connection connection : held) {
        connection.close();
      }
    }
    return roles;
  }

  @Test
  void whoeverEnteredNoTenantFindsNoHospitalsTable() {
    assertThatThrownBy(() -> unit.ofNobody(() -> one("select count(*) from worklist_entry")))
        .rootCause()
        .extracting("SQLState")
        .isEqualTo(NO_SUCH_TABLE);
    assertThatThrownBy(
            () -> unit.ofNobody(() -> one("select count(*) from t_agnes.worklist_entry")))
        .rootCause()
        .extracting("SQLState")
        .isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select count(*) from t_barbara.worklist_entry",
        "select count(*) from t_barbara.audit_event",
        "select count(*) from platform.user_account",
        "select count(*) from platform.tenant",
        "select set_config('role', 't_barbara', false)",
      })
  void hospitalsRoleIsRefusedWhatIsNotItsOwn(String query) {
    assertThatThrownBy(() -> unit.get(agnes, () -> one(query)))
        .rootCause()
        .extracting("SQLState")
        .isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set actor_name = 'somebody else'",
        "delete from audit_event",
        "truncate audit_event",
        "drop table audit_event",
      })
  void auditTrailCanOnlyBeAddedTo(String statement) {
    unit.of(
        agnes,
        () -> audit.fire(AuditEvent.of(AuditEvent.Action.LOGOUT, Actor.person("reader", null))));
    long before = ledger.count(agnes, "{audit_event}");

    assertThatThrownBy(
            () -> unit.of(agnes, () -> entities.createNativeQuery(statement).executeUpdate()))
        .rootCause()
        .extracting("SQLState")
        .isEqualTo(REFUSED);

    assertThat(ledger.count(agnes, "{audit_event}")).isEqualTo(before).isPositive();
  }

  @Test
  void creatingAHospitalTwiceEndsInTheSameState() {
    TenantId cecilia = TenantId.of("cecilia");
    long begun = System.nanoTime();
    tenants.create(hospital.description(cecilia), Actor.system("test"));
    long firstMillis = (System.nanoTime() - begun) / 1_000_000;
    List<String> made = state(cecilia);

    begun = System.nanoTime();
    tenants.create(hospital.description(cecilia), Actor.system("test"));

    assertThat(state(cecilia)).isEqualTo(made);
    assertThat(made).hasSizeGreaterThan(100);
    System.out.println(
        "Creating a hospital took "
            + firstMillis
            + " ms, again "
            + (System.nanoTime() - begun) / 1_000_000
            + " ms");
  }

  /** Columns, rights and migrations of the schema, and the platform's rows. */
  private List<String> state(TenantId tenant) {
    return ledger.column(
        tenant,
        """
        select table_name || '.' || column_name || ' ' || data_type
          from information_schema.columns where table_schema = ?
        union all
        select table_name || ' ' || grantee || ' ' || privilege_type
          from information_schema.table_privileges where table_schema = ?
        union all
        select 'migration ' || version || ' ' || installed_on from {flyway_schema_history}
        union all
        select 'account ' || id || ' ' || user_name from platform.user_account where tenant_id = ?
        union all
        select 'role ' || role from platform.role_grant g join platform.user_account a
          on a.id = g.user_account_id where tenant_id = ?
        union all
        select 'destination ' || id || ' ' || kind from platform.destination where tenant_id = ?
        union all
        select 'tenant ' || t::text from platform.tenant t where id = ?
        order by 1
        """,
        tenant.schema(),
        tenant.schema(),
        tenant.value(),
        tenant.value(),
        tenant.value(),
        tenant.value());
  }

  private Object one(String query) {
    return entities.createNativeQuery(query, Object.class).getSingleResult();
  }

  private long logins(TenantId tenant) {
    return ledger.count(tenant, "{audit_event} where action = 'LOGIN'");
  }
}
