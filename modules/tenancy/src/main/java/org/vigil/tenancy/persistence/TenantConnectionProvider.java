package org.vigil.tenancy.persistence;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.hibernate.HibernateException;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/**
 * Hands Hibernate a connection that has taken the tenant's PostgreSQL role, and takes the role away
 * before the connection goes back to the pool. {@code SET ROLE} rather than {@code SET LOCAL ROLE},
 * which a two-phase commit refuses.
 */
public class TenantConnectionProvider implements MultiTenantConnectionProvider<String> {
  private static final long serialVersionUID = 1L;
  private static final String DATA_SOURCE = "java:jboss/datasources/VigilXA";
  private static final String TRANSACTIONS = "java:jboss/TransactionSynchronizationRegistry";

  private transient volatile DataSource dataSource;
  private transient volatile TransactionSynchronizationRegistry transactions;

  @Override
  public Connection getAnyConnection() throws SQLException {
    return dataSource().getConnection();
  }

  @Override
  public void releaseAnyConnection(Connection connection) throws SQLException {
    connection.close();
  }

  @Override
  public Connection getConnection(String tenant) throws SQLException {
    Connection connection = dataSource().getConnection();
    if (tenant.equals(CurrentTenantResolver.PLATFORM)) {
      return connection;
    }
    try (Statement statement = connection.createStatement()) {
      // A schema name is made of a validated TenantId: letters, digits and underscores.
      statement.execute("set role \"" + tenant + "\"");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void releaseConnection(String tenant, Connection connection) throws SQLException {
    try (connection) {
      // Rolling back has taken SET ROLE back already, and the pool refuses statements by then.
      if (!tenant.equals(CurrentTenantResolver.PLATFORM) && !rolledBack()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("reset role");
        }
      }
    }
  }

  @Override
  public boolean supportsAggressiveRelease() {
    return true;
  }

  @Override
  public boolean isUnwrappableAs(Class<?> type) {
    return false;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new HibernateException("Vigil's connection provider does not unwrap as " + type);
  }

  private boolean rolledBack() {
    if (transactions == null) {
      transactions = lookUp(TransactionSynchronizationRegistry.class, TRANSACTIONS);
    }
    int status = transactions.getTransactionStatus();
    return status == Status.STATUS_ROLLEDBACK || status == Status.STATUS_ROLLING_BACK;
  }

  private DataSource dataSource() {
    if (dataSource == null) {
      dataSource = lookUp(DataSource.class, DATA_SOURCE);
    }
    return dataSource;
  }

  @SuppressWarnings("BanJNDI") // constant names in the local java: namespace
  private static <T> T lookUp(Class<T> type, String name) {
    try {
      return type.cast(InitialContext.doLookup(name));
    } catch (NamingException e) {
      throw new HibernateException(name + " is not there", e);
    }
  }
}
