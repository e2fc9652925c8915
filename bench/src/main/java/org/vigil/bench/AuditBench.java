package org.vigil.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vigil.cli.server.HomeOption;
import org.vigil.cli.server.SuperuserDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ./vigil bench audit}: searches of a long trail. A scratch database beside the
 * installation's own is filled with as many events as asked for, spread over twelve months, two
 * hundred users and fifty thousand patients, through the very migrations Vigil ships; then each
 * search of the auditor's page is timed and its plan shown.
 */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Fills a scratch database with events and times the searches of the audit trail.",
      "Needs a running installation with the embedded PostgreSQL; the scratch database is dropped."
    })
final class AuditBench implements Callable<Integer> {
  private static final String DATABASE = "vigil_audit_bench";
  private static final int REPEATS = 20;
  private static final int SLICE = 500_000;

  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "Events (default: ${DEFAULT-VALUE}); about 420 bytes each with their indexes.")
  private long rows;

  @Override
  public Integer call() throws SQLException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Connection server = SuperuserDatabase.connect(home.home(), "postgres")) {
      execute(server, "drop database if exists " + DATABASE + " (force)");
      execute(server, "create database " + DATABASE + " owner vigil_owner");
      try (Connection connection = SuperuserDatabase.connect(home.home(), DATABASE)) {
        double filled = fill(connection, out);
        List<Double> slowest = new ArrayList<>();
        String worstPlan = "";
        double worst = -1;
        for (Search search : searches()) {
          double millis = time(connection, search);
          out.printf(
              Locale.ROOT, "%-44s %8.1f ms (slowest of %d)%n", search.title(), millis, REPEATS);
          out.flush();
          slowest.add(millis);
          String plan = plan(connection, search);
          if (millis > worst) {
            worst = millis;
            worstPlan = search.title() + "\n" + plan;
          }
        }
        out.println();
        out.println("Plan of the slowest: " + worstPlan);
        out.printf(
            Locale.ROOT,
            "{\"bench\":\"audit\",\"rows\":%d,\"fillSeconds\":%.0f,\"gigabytes\":%.1f,"
                + "\"patientMonthMs\":%.1f,\"userMonthMs\":%.1f,\"slowestMs\":%.1f}%n",
            rows,
            filled,
            gigabytes(connection),
            slowest.get(0),
            slowest.get(1),
            worst);
        out.flush();
      } finally {
        execute(server, "drop database if exists " + DATABASE + " (force)");
      }
    }
    return 0;
  }

  private double fill(Connection connection, PrintWriter out) throws SQLException, IOException {
    long begun = System.nanoTime();
    execute(connection, "create schema platform");
    migrate(connection, "db/platform/V20261123_200__audit_functions.sql");
    execute(connection, "create schema t_bench");
    execute(connection, "set search_path = t_bench");
    migrate(connection, "db/tenant/V20261122_10__audit_event.sql");
    migrate(connection, "db/tenant/V20261123_201__audit_trail.sql");
    execute(
        connection,
        "select platform.audit_make_partition('t_bench', (date_trunc('month', now()) - n * interval"
            + " '1 month')::date) from generate_series(0, 12) n");
    execute(connection, "set synchronous_commit = off");
    for (long from = 0; from < rows; from += SLICE) {
      execute(
          connection,
          """
          insert into audit_event (occurred_at, action, outcome, actor_kind, actor_name,
            actor_address, study_uid, patient_id, entity, details)
          select now() - interval '365 days' + (n::double precision / %1$d) * interval '365 days',
            (array['IMAGE_ACCESSED','STUDY_VIEWED','ANALYSIS_VIEWED','WORKLIST_VIEWED','LOGIN',
                   'ANALYSIS_COMPLETED','RESULT_DELIVERED','FEEDBACK_GIVEN'])[1 + h %% 8],
            case when h %% 997 = 0 then 'REFUSED' else 'SUCCESS' end,
            'PERSON', 'user' || h %% 200, '10.1.' || h %% 250 || '.' || h %% 199,
            '2.25.1' || (h %% 400000), 'P' || (h %% 50000), null,
            '{"what": "frames", "model": "vigil-phantom-chest", "modelVersion": "1.1.0"}'
          from (select n, abs(hashint8(n)) h from generate_series(%2$d::bigint, %3$d) n) s
          """
              .formatted(rows, from + 1, Math.min(rows, from + SLICE)));
      if ((from / SLICE) % 4 == 3) {
        out.printf(Locale.ROOT, "%,d events%n", Math.min(rows, from + SLICE));
        out.flush();
      }
    }
    execute(connection, "vacuum analyze audit_event");
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void migrate(Connection connection, String resource)
      throws SQLException, IOException {
    try (InputStream in = AuditBench.class.getClassLoader().getResourceAsStream(resource)) {
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      execute(connection, sql.replace("${tenantRole}", "vigil_app"));
    }
  }

  private static List<Search> searches() {
    String month =
        " and occurred_at >= date_trunc('month', now()) - interval '3 months'"
            + " and occurred_at < date_trunc('month', now()) - interval '2 months'";
    return List.of(
        new Search("one patient in a month", "patient_id = ?" + month, "P%d"),
        new Search("one user in a month", "actor_name = ?" + month, "user%d"),
        new Search("one patient, whole trail", "patient_id = ?", "P%d"),
        new Search("one user, whole trail, newest page", "actor_name = ?", "user%d"),
        new Search("one study, whole trail", "study_uid = ?", "2.25.1%d"),
        new Search("one action in a month", "action = ?" + month, "FEEDBACK_GIVEN"),
        new Search("refusals of one user", "outcome = 'REFUSED' and actor_name = ?", "user%d"));
  }

  private static double time(Connection connection, Search search) throws SQLException {
    double slowest = 0;
    for (int i = 0; i < REPEATS; i++) {
      long begun = System.nanoTime();
      try (PreparedStatement query = connection.prepareStatement(search.sql())) {
        query.setString(1, search.value().formatted(1 + i * 9));
        try (ResultSet found = query.executeQuery()) {
          while (found.next()) {
            found.getString("details");
          }
        }
      }
      slowest = Math.max(slowest, (System.nanoTime() - begun) / 1e6);
    }
    return slowest;
  }

  private static String plan(Connection connection, Search search) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (PreparedStatement query =
        connection.prepareStatement("explain (analyze, buffers, costs off) " + search.sql())) {
      query.setString(1, search.value().formatted(7));
      try (ResultSet lines = query.executeQuery()) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
    }
    return plan.toString();
  }

  private static double gigabytes(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet size = query.executeQuery("select pg_database_size(current_database())")) {
      size.next();
      return size.getLong(1) / 1e9;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A search with one parameter; the newest hundred, as the page asks. */
  private record Search(String title, String where, String value) {
    String sql() {
      return "select * from t_bench.audit_event where "
          + where
          + " order by occurred_at desc, id desc limit 101";
    }
  }
}
