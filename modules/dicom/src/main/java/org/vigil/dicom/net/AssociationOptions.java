package org.vigil.dicom.net;

import java.util.Map;
import java.util.Set;

/**
 * What a requestor may negotiate besides presentation contexts (PS3.7 §D.3.3).
 *
 * @param scpRoles SOP classes for which it wants to be SCP as well, as C-GET needs it
 * @param operationsInvoked requests it would like to send before the first is answered; 1 waits for
 *     each answer
 * @param extended service class application information by SOP class UID, for example C-FIND's
 *     relational queries (PS3.4 §C.5.1.1)
 * @param identity who asks, or null
 */
public record AssociationOptions(
    Set<String> scpRoles,
    int operationsInvoked,
    Map<String, byte[]> extended,
    UserIdentity identity) {

  /** Nothing of all that. */
  public static final AssociationOptions NONE = new AssociationOptions(Set.of(), 1, Map.of(), null);

  public AssociationOptions {
    scpRoles = Set.copyOf(scpRoles);
    extended = Map.copyOf(extended);
    if (operationsInvoked < 1 || operationsInvoked > 0xFFFF) {
      throw new IllegalArgumentException("The window has 1 to 65535 operations");
    }
  }

  /** The same, being SCP of these SOP classes too. */
  public AssociationOptions withScpRoles(Set<String> sopClasses) {
    return new AssociationOptions(sopClasses, operationsInvoked, extended, identity);
  }

  /** The same with an asynchronous operations window. */
  public AssociationOptions withOperationsInvoked(int most) {
    return new AssociationOptions(scpRoles, most, extended, identity);
  }

  /** The same for a user. */
  public AssociationOptions withIdentity(UserIdentity who) {
    return new AssociationOptions(scpRoles, operationsInvoked, extended, who);
  }

  /** The same with extended negotiation of a SOP class. */
  public AssociationOptions withExtended(Map<String, byte[]> information) {
    return new AssociationOptions(scpRoles, operationsInvoked, information, identity);
  }
}
