package org.vigil.imaging.api;

import java.time.Instant;
import java.util.Set;

/**
 * An application entity that Vigil asks, or that asks Vigil: the hospital's PACS, a workstation, or
 * a modality that is to hear of storage commitment.
 *
 * @param name by which the hospital's people know it: 1 to 32 lower-case letters, digits, hyphens
 * @param aeTitle called AE title; null with DICOMweb
 * @param host name or address; null with DICOMweb
 * @param port 1 to 65535; 0 with DICOMweb
 * @param tls whether it speaks TLS (PS3.15 annex B.12); a URL says so itself
 * @param url of the DICOMweb service root, without a slash at its end; null with DIMSE
 * @param trusted with TLS, certificates in PEM, the node's own or its authority's; null for those
 *     that the Java platform trusts
 * @param capabilities what it may be asked for, and whether it may ask
 * @param authorization with DICOMweb, how Vigil shows who it is
 */
public record PacsNode(
    String name,
    Kind kind,
    String aeTitle,
    String host,
    int port,
    boolean tls,
    String url,
    String trusted,
    Set<Capability> capabilities,
    HttpCredentials.Scheme authorization) {

  public PacsNode {
    capabilities = Set.copyOf(capabilities);
  }

  /** A node without credentials, or one whose credentials are not spoken of. */
  public PacsNode(
      String name,
      Kind kind,
      String aeTitle,
      String host,
      int port,
      boolean tls,
      String url,
      String trusted,
      Set<Capability> capabilities) {
    this(
        name,
        kind,
        aeTitle,
        host,
        port,
        tls,
        url,
        trusted,
        capabilities,
        HttpCredentials.Scheme.NONE);
  }

  /** Whether it has a capability. */
  public boolean can(Capability capability) {
    return capabilities.contains(capability);
  }

  /** How it is spoken to. */
  public enum Kind {
    DIMSE,
    DICOMWEB
  }

  /** What it may be asked for, and whether it may ask. */
  public enum Capability {
    /** C-FIND or QIDO-RS. */
    QUERY,
    /** C-MOVE; it must know Vigil's AE title, host and port. */
    MOVE,
    /** C-GET or WADO-RS. */
    GET,
    /** C-STORE or STOW-RS. */
    STORE,
    /** Storage commitment of what was stored there. */
    COMMIT,
    /** Not asked but asking: it may query and retrieve here by C-FIND, C-MOVE, C-GET. */
    CLIENT
  }

  /**
   * Whether it answers, as far as this server has seen since its start.
   *
   * @param checkedAt last echo or use, or null
   * @param answeredAt last answer, or null
   * @param millis the last answer took, or null
   * @param failure why it did not answer, without patient data; null while it does
   * @param paused whether its circuit is open: it is not asked for a while
   */
  public record Reachability(
      State state,
      Instant checkedAt,
      Instant answeredAt,
      Long millis,
      String failure,
      boolean paused) {
    /** Before the first echo. */
    public static final Reachability UNKNOWN =
        new Reachability(State.UNKNOWN, null, null, null, null, false);
  }

  /** Whether it answered last time. */
  public enum State {
    UNKNOWN,
    UP,
    DOWN
  }
}
