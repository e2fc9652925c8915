package org.vigil.audit.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.vigil.audit.domain.Trail;
import org.vigil.audit.domain.TrailSurvey;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Trails as the schemas' owner sees them: what the application's role may not do is done here. */
@ApplicationScoped
public class OwnerTrails {
  @Resource(lookup = "java:jboss/datasources/VigilOwner")
  private DataSource owner;

  /** Works on a trail in a transaction of its own, outside JTA, and commits it. */
  public <T> T inTransaction(String schema, Work<T> work) {
    return run(schema, Connection.TRANSACTION_READ_COMMITTED, work);
  }

  /** The same on one snapshot of the database. */
  public <T> T onSnapshot(String schema, Work<T> work) {
    return run(schema, Connection.TRANSACTION_REPEATABLE_READ, work);
  }

  /** Looks at many trails at once. */
  public <T> T survey(List<String> schemas, Survey<T> work) {
    try (Connection connection = owner.getConnection()) {
      return work.of(new TrailSurvey(connection, schemas));
    } catch (SQLException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit trails"), e);
    }
  }

  private <T> T run(String schema, int isolation, Work<T> work) {
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(isolation);
      try {
        T result = work.on(new Trail(connection, schema), connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "audit trail"), e);
    }
  }

  /** What is asked of many trails. */
  public interface Survey<T> {
    T of(TrailSurvey trails) throws SQLException;
  }

  /** What is done on a trail. */
  public interface Work<T> {
    T on(Trail trail, Connection connection) throws SQLException;
  }
}
