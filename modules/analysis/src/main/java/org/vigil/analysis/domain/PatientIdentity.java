package org.vigil.analysis.domain;

import java.time.LocalDate;

/**
 * A patient as an order or a study names him; any part may be null.
 *
 * @param id (0010,0020), PID-3.1
 * @param issuer the domain in which the id is unique: (0010,0021), PID-3.4.1
 * @param name a PN value (PS3.5 §6.2.1.1)
 * @param sex (0010,0040), PID-8
 */
public record PatientIdentity(
    String id, String issuer, String name, LocalDate birthDate, String sex) {

  /**
   * Whether both ids are there and belong to the same patient; a missing issuer contradicts none.
   */
  public boolean sameIdAs(PatientIdentity other) {
    return present(id)
        && present(other.id)
        && id.strip().equals(other.id.strip())
        && !issuerContradicts(other);
  }

  /** Whether both name an issuer and these differ, so that equal ids mean two patients. */
  public boolean issuerContradicts(PatientIdentity other) {
    return present(issuer)
        && present(other.issuer)
        && !issuer.strip().equalsIgnoreCase(other.issuer.strip());
  }

  static boolean present(String value) {
    return value != null && !value.isBlank();
  }
}
