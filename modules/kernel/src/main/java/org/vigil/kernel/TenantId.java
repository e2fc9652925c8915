package org.vigil.kernel;

import java.util.regex.Pattern;

/**
 * A hospital in this installation.
 *
 * @param value 2 to 32 characters, lower-case letters, digits and single hyphens, starting with a
 *     letter; it names the tenant's schema and role, so nothing else is let in
 */
public record TenantId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z](?:-?[a-z0-9]){1,31}");

  public TenantId {
    if (value == null || value.length() > 32 || !FORM.matcher(value).matches()) {
      throw new VigilException(ErrorCode.TENANCY_0001);
    }
  }

  public static TenantId of(String value) {
    return new TenantId(value);
  }

  /**
   * The tenant's schema, which is also its PostgreSQL role: {@code st-agnes} → {@code t_st_agnes}.
   */
  public String schema() {
    return "t_" + value.replace('-', '_');
  }

  @Override
  public String toString() {
    return value;
  }
}
