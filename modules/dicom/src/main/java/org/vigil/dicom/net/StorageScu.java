package org.vigil.dicom.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.UID;

/**
 * Sends instances by C-STORE (PS3.4 annex B) over one association.
 *
 * <pre>{@code
 * try (StorageScu scu = StorageScu.open(remote, items)) {
 *   for (StoreItem item : items) {
 *     StoreResult result = scu.store(item);
 *   }
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class StorageScu implements AutoCloseable {

  /** At most 128 odd numbers make a presentation context id. */
  private static final int MAX_CONTEXTS = 128;

  private static final List<String> NATIVE =
      List.of(UID.ExplicitVRLittleEndian, UID.ImplicitVRLittleEndian);

  private final Association association;

  private StorageScu(Association association) {
    this.association = association;
  }

  /**
   * Opens an association that proposes what these items need: each SOP class in its items' own
   * transfer syntaxes and, where pixels are not compressed, in explicit and implicit VR little
   * endian, one presentation context for each so that the peer can accept them all.
   *
   * @param items what is to be sent, or the like of it
   * @throws AssociationRejectedException if the peer refuses
   * @throws DicomException if there are more than 128 combinations, or the peer is not there
   */
  public static StorageScu open(RemoteAe remote, Collection<StoreItem> items) throws IOException {
    return new StorageScu(Association.open(remote, propose(items)));
  }

  static List<PresentationContext> propose(Collection<StoreItem> items) throws DicomException {
    Map<String, Set<String>> syntaxes = new LinkedHashMap<>();
    for (StoreItem item : items) {
      Set<String> wanted =
          syntaxes.computeIfAbsent(item.sopClassUid(), uid -> new LinkedHashSet<>());
      wanted.add(item.transferSyntax());
      if (item.isNative()) {
        wanted.addAll(NATIVE);
      }
    }
    List<PresentationContext> contexts = new ArrayList<>();
    syntaxes.forEach(
        (sopClass, wanted) ->
            wanted.forEach(
                syntax ->
                    contexts.add(
                        new PresentationContext(
                            contexts.size() * 2 + 1, sopClass, List.of(syntax)))));
    if (contexts.size() > MAX_CONTEXTS) {
      throw new DicomException(
          DicomError.NO_PRESENTATION_CONTEXT,
          contexts.size()
              + " combinations of SOP class and transfer syntax do not fit one association;"
              + " send fewer kinds of instances at a time");
    }
    return contexts;
  }

  /**
   * Opens an association, sends all items and releases it.
   *
   * @return a result for each item, in their order
   * @throws DicomException if the association fails on the way; use {@link #store} to know which
   *     items were answered before
   */
  public static List<StoreResult> storeAll(RemoteAe remote, List<StoreItem> items)
      throws IOException {
    List<StoreResult> results = new ArrayList<>(items.size());
    try (StorageScu scu = open(remote, items)) {
      for (StoreItem item : items) {
        results.add(scu.store(item));
      }
    }
    return results;
  }

  /** The association, for its peer's names and its presentation contexts. */
  public Association association() {
    return association;
  }

  /**
   * Sends one instance and waits for the answer.
   *
   * @throws DicomException if the association broke; it is closed then
   * @throws IOException if the item could not be read to its end; the association is aborted then,
   *     so that the peer does not keep half an instance
   */
  public StoreResult store(StoreItem item) throws IOException {
    PresentationContext context = contextFor(item);
    if (context == null) {
      return new StoreResult(
          item.sopInstanceUid(),
          DimseStatus.of(
              DimseStatus.SOP_CLASS_NOT_SUPPORTED,
              "No presentation context accepted for this SOP class and transfer syntax"),
          false);
    }
    DimseStatus status =
        association.request(
            context,
            CommandSet.cStoreRequest(
                association.nextMessageId(), item.sopClassUid(), item.sopInstanceUid()),
            out -> item.writeTo(out, context.transferSyntax()));
    return new StoreResult(item.sopInstanceUid(), status, true);
  }

  private PresentationContext contextFor(StoreItem item) {
    PresentationContext own =
        association.acceptedContext(item.sopClassUid(), item.transferSyntax());
    if (own != null || !item.isNative()) {
      return own;
    }
    for (String syntax : NATIVE) {
      PresentationContext other = association.acceptedContext(item.sopClassUid(), syntax);
      if (other != null) {
        return other;
      }
    }
    return null;
  }

  /** Releases the association. */
  @Override
  public void close() throws IOException {
    association.close();
  }
}
