package org.vigil.cli.server;

/** A port that Vigil listens on: its name to people, its option, its setting, its default. */
public enum Port {
  /** Pages and REST, over TLS only. */
  HTTPS("HTTPS", "--https-port", "vigil.https.port", 8443),
  /** DICOM upper layer (PS3.8). */
  DICOM("DICOM", "--dicom-port", "vigil.dicom.port", 11112),
  /** DICOM over TLS (PS3.15 B.12); can be off, and so can the plain one. */
  DICOM_TLS("DICOM TLS", "--dicom-tls-port", "vigil.dicom.tls-port", 2762),
  /** HL7 v2 over MLLP. */
  MLLP("MLLP", "--mllp-port", "vigil.mllp.port", 2575),
  /** HL7 v2 over MLLP over TLS; can be off, and so can the plain one. */
  MLLP_TLS("MLLP TLS", "--mllp-tls-port", "vigil.mllp.tls-port", 2577),
  /** WildFly's management interface, health and metrics; loopback only. */
  MANAGEMENT("management", "--management-port", "vigil.management.port", 9990),
  /** The embedded PostgreSQL; loopback only. */
  DATABASE("PostgreSQL", "--db-port", "vigil.db.port", 5433);

  private final String title;
  private final String option;
  private final String key;
  private final int standard;

  Port(String title, String option, String key, int standard) {
    this.title = title;
    this.option = option;
    this.key = key;
    this.standard = standard;
  }

  /** Its name in messages. */
  public String title() {
    return title;
  }

  /** The command line option that sets it. */
  public String option() {
    return option;
  }

  /** The key in {@code vigil.properties} that sets it. */
  public String key() {
    return key;
  }

  /** The port when nobody sets it. */
  public int standard() {
    return standard;
  }

  /** Whether a setting may say {@code off}. */
  public boolean canBeOff() {
    return this == DICOM || this == DICOM_TLS || this == MLLP || this == MLLP_TLS;
  }

  /** Whether it is bound to 127.0.0.1 whatever {@code vigil.bind-address} says. */
  public boolean loopbackOnly() {
    return this == MANAGEMENT || this == DATABASE;
  }
}
