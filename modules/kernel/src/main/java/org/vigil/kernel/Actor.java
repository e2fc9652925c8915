package org.vigil.kernel;

import java.util.Objects;

/**
 * Who did something: a person, a peer system or Vigil itself.
 *
 * @param kind which of these
 * @param name user name, AE title, HL7 application or module
 * @param address network address, or null inside Vigil
 */
public record Actor(Kind kind, String name, String address) {

  public Actor {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  /** Vigil itself, e.g. {@code system("inference")}. */
  public static Actor system(String module) {
    return new Actor(Kind.SYSTEM, module, null);
  }

  public static Actor peer(String name, String address) {
    return new Actor(Kind.PEER, name, address);
  }

  public static Actor person(String userName, String address) {
    return new Actor(Kind.PERSON, userName, address);
  }

  /** What kind of actor. */
  public enum Kind {
    PERSON,
    PEER,
    SYSTEM
  }
}
