package org.vigil.dicom.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;

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

  /** Instances on their way at once where the peer allows it. */
  private static final int WINDOW = 8;

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

  /**
   * As {@link #open}, and offers uncompressed transfer syntaxes for compressed items, too: for a
   * caller that decompresses what is answered with {@link StoreResult#sent} false.
   */
  public static StorageScu openOfferingNative(RemoteAe remote, Collection<StoreItem> items)
      throws IOException {
    return new StorageScu(Association.open(remote, propose(items, true)));
  }

  static List<PresentationContext> propose(Collection<StoreItem> items) throws DicomException {
    return propose(items, false);
  }

  private static List<PresentationContext> propose(Collection<StoreItem> items, boolean offerNative)
      throws DicomException {
    Map<String, Set<String>> syntaxes = new LinkedHashMap<>();
    for (StoreItem item : items) {
      Set<String> wanted =
          syntaxes.computeIfAbsent(item.sopClassUid(), uid -> new LinkedHashSet<>());
      wanted.add(item.transferSyntax());
      if (offerNative || item.isNative()) {
        wanted.addAll(StoreOperation.NATIVE);
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
   * Opens an association, sends all items and releases it. Where the peer allows it, several items
   * are on their way before the first is answered (PS3.7 §D.3.3.3).
   *
   * @return a result for each item, in their order
   * @throws DicomException if the association fails on the way; use {@link #store} to know which
   *     items were answered before
   */
  public static List<StoreResult> storeAll(RemoteAe remote, List<StoreItem> items)
      throws IOException {
    AssociationOptions options = AssociationOptions.NONE.withOperationsInvoked(WINDOW);
    try (StorageScu scu = new StorageScu(Association.open(remote, propose(items), options))) {
      return scu.association.aborting(() -> scu.pipelined(items));
    }
  }

  private List<StoreResult> pipelined(List<StoreItem> items) throws IOException {
    StoreResult[] results = new StoreResult[items.size()];
    Map<Integer, Integer> outstanding = new LinkedHashMap<>();
    int window = Math.min(WINDOW, association.operationsInvoked());
    for (int i = 0; i < items.size(); i++) {
      StoreItem item = items.get(i);
      PresentationContext context = StoreOperation.contextFor(association, item);
      if (context == null) {
        results[i] = StoreOperation.notSent(item);
        continue;
      }
      Attributes command = StoreOperation.command(association, item, null, 0);
      association.send(context.id(), command, out -> item.writeTo(out, context.transferSyntax()));
      outstanding.put(command.getInt(Tag.MessageID, 0), i);
      if (outstanding.size() == window) {
        take(outstanding, items, results);
      }
    }
    while (!outstanding.isEmpty()) {
      take(outstanding, items, results);
    }
    return List.of(results);
  }

  private void take(Map<Integer, Integer> outstanding, List<StoreItem> items, StoreResult[] results)
      throws IOException {
    Association.Response response = association.receiveResponse(outstanding.keySet());
    int index = outstanding.remove(response.command().getInt(Tag.MessageIDBeingRespondedTo, -1));
    results[index] = new StoreResult(items.get(index).sopInstanceUid(), response.status(), true);
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
    return StoreOperation.store(association, item, null, 0);
  }

  /**
   * Sends one instance because somebody asked for it by C-MOVE (PS3.7 §9.1.1.1.6).
   *
   * @param moveOriginator AE title of who asked
   * @param moveMessageId Message ID of the C-MOVE
   */
  public StoreResult store(StoreItem item, String moveOriginator, int moveMessageId)
      throws IOException {
    return StoreOperation.store(association, item, moveOriginator, moveMessageId);
  }

  /** Releases the association. */
  @Override
  public void close() throws IOException {
    association.close();
  }
}
