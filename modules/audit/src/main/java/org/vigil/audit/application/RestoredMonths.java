package org.vigil.audit.application;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vigil.kernel.TenantId;
import org.vigil.tenancy.api.RestoreParticipant;

/** Makes the months of an archived trail, so that its events find their partitions. */
@ApplicationScoped
public class RestoredMonths implements RestoreParticipant {
  private static final Pattern MONTH = Pattern.compile("audit_event_(\\d{4})_(\\d{2})");

  @Override
  public void beforeRows(Connection owner, TenantId tenant, Map<String, List<String>> partitions)
      throws SQLException {
    try (PreparedStatement make =
        owner.prepareStatement("select platform.audit_make_partition(?, cast(? as date))")) {
      for (String partition : partitions.getOrDefault("audit_event", List.of())) {
        Matcher month = MONTH.matcher(partition);
        if (month.matches()) {
          make.setString(1, tenant.schema());
          make.setString(2, month.group(1) + "-" + month.group(2) + "-01");
          make.execute();
        }
      }
    }
  }
}
