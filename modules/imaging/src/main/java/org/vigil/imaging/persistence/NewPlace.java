package org.vigil.imaging.persistence;

import java.util.UUID;

/**
 * Where an object is to lie, and as what.
 *
 * @param storedAs id in the header of the encrypted file
 * @param syntax transfer syntax of a compressed copy; null, as are the next three, for what was
 *     received
 * @param sha256 of the copy's plain bytes
 * @param bytes their number
 * @param answerBytes length of the object restored from it
 */
public record NewPlace(
    String location, UUID storedAs, String syntax, String sha256, Long bytes, Long answerBytes) {

  /** Another place for the same file. */
  public static NewPlace same(InstanceEntity object, String location) {
    return object.isCompressed()
        ? new NewPlace(
            location,
            object.storedAs(),
            object.storedSyntax(),
            object.storedSha256(),
            object.storedBytes(),
            object.answerBytes())
        : new NewPlace(location, object.storedAs(), null, null, null, null);
  }
}
