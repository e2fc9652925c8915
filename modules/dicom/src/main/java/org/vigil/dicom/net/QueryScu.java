package org.vigil.dicom.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/**
 * Queries and retrieves (PS3.4 annexes C and K): C-FIND, C-MOVE and C-GET over one association.
 *
 * <pre>{@code
 * try (QueryScu scu = QueryScu.open(pacs, List.of(UID.StudyRootQueryRetrieveInformationModelFind))) {
 *   scu.find(UID.StudyRootQueryRetrieveInformationModelFind, identifier, match -> {
 *     studies.add(match);
 *     return studies.size() < 100;
 *   });
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class QueryScu implements AutoCloseable {
  private final Association association;

  private QueryScu(Association association) {
    this.association = association;
  }

  /**
   * How a retrieval ended.
   *
   * @param status 0x0000 all stored, 0xB000 some not, 0xFE00 cancelled, else failed
   * @param subOperations how many instances came and did not
   * @param failedInstances SOP Instance UIDs the peer names as not stored
   */
  public record Retrieval(
      DimseStatus status, SubOperations subOperations, List<String> failedInstances) {

    /** Whether every instance arrived. */
    public boolean isComplete() {
      return status.code() == 0 && subOperations.failed() == 0;
    }
  }

  /**
   * Opens an association for query and C-MOVE.
   *
   * @param informationModels SOP class UIDs, for example the Study Root FIND and MOVE models
   */
  public static QueryScu open(RemoteAe remote, Collection<String> informationModels)
      throws IOException {
    return new QueryScu(Association.open(remote, propose(informationModels, List.of(), List.of())));
  }

  /**
   * Opens an association for query and C-GET, over which instances come back.
   *
   * @param storageClasses of the instances expected, at most 120 of them
   * @param transferSyntaxes in which they may come
   */
  public static QueryScu openForGet(
      RemoteAe remote,
      Collection<String> informationModels,
      Collection<String> storageClasses,
      List<String> transferSyntaxes)
      throws IOException {
    return new QueryScu(
        Association.open(
            remote,
            propose(informationModels, storageClasses, transferSyntaxes),
            AssociationOptions.NONE.withScpRoles(Set.copyOf(storageClasses))));
  }

  private static List<PresentationContext> propose(
      Collection<String> models, Collection<String> storageClasses, List<String> syntaxes) {
    List<PresentationContext> contexts = new ArrayList<>();
    for (String model : models) {
      contexts.add(new PresentationContext(contexts.size() * 2 + 1, model, StoreOperation.NATIVE));
    }
    for (String sopClass : storageClasses) {
      contexts.add(new PresentationContext(contexts.size() * 2 + 1, sopClass, syntaxes));
    }
    return contexts;
  }

  /** The association, for its peer's names and its presentation contexts. */
  public Association association() {
    return association;
  }

  /**
   * C-FIND (PS3.7 §9.1.2).
   *
   * @param informationModel one that was proposed
   * @param identifier keys to match and to return, Query/Retrieve Level included
   * @param matches gets each match; once it answers false, the query is cancelled
   * @return 0x0000 complete, 0xFE00 cancelled, else failed
   * @throws DicomException if the peer does not know the model, or the association broke
   */
  public DimseStatus find(
      String informationModel, Attributes identifier, Predicate<Attributes> matches)
      throws IOException {
    PresentationContext context = context(informationModel);
    Attributes command = command(DimseOperation.C_FIND, informationModel);
    return association.aborting(
        () -> {
          association.send(context, command, identifier);
          boolean wanted = true;
          while (true) {
            Association.Response response = response(command);
            if (!response.status().isPending()) {
              return response.status();
            }
            if (wanted && response.dataset() != null && !matches.test(response.dataset())) {
              wanted = false;
              cancel(context, command);
            }
          }
        });
  }

  /**
   * C-MOVE (PS3.7 §9.1.4): the peer sends instances to somebody it knows.
   *
   * @param destination AE title of the receiver
   * @param progress gets every intermediate count
   */
  public Retrieval move(
      String informationModel,
      Attributes identifier,
      String destination,
      Consumer<SubOperations> progress)
      throws IOException {
    PresentationContext context = context(informationModel);
    Attributes command = command(DimseOperation.C_MOVE, informationModel);
    command.setString(Tag.MoveDestination, VR.AE, destination);
    return association.aborting(
        () -> {
          association.send(context, command, identifier);
          while (true) {
            Association.Response response = response(command);
            if (!response.status().isPending()) {
              return retrieval(response);
            }
            progress.accept(SubOperations.read(response.command()));
          }
        });
  }

  /**
   * C-GET (PS3.7 §9.1.3): the peer sends instances over this association.
   *
   * @param receiver stores them
   * @param progress gets every intermediate count
   */
  public Retrieval get(
      String informationModel,
      Attributes identifier,
      CStoreHandler receiver,
      Consumer<SubOperations> progress)
      throws IOException {
    PresentationContext context = context(informationModel);
    Attributes command = command(DimseOperation.C_GET, informationModel);
    return association.aborting(
        () -> {
          association.send(context, command, identifier);
          while (true) {
            Association.Message message = association.receiveOther();
            if (message == null) {
              throw new DicomException(
                  DicomError.ASSOCIATION_ABORTED, "The peer released instead of answering");
            }
            if (message.command().getInt(Tag.CommandField, 0) == CommandSet.C_STORE_RQ) {
              CStoreService.answer(association, message, receiver);
              continue;
            }
            Association.Response response =
                Association.response(message, Set.of(command.getInt(Tag.MessageID, 0)));
            if (!response.status().isPending()) {
              return retrieval(response);
            }
            progress.accept(SubOperations.read(response.command()));
          }
        });
  }

  private static Retrieval retrieval(Association.Response response) {
    String[] failed =
        response.dataset() == null
            ? null
            : response.dataset().getStrings(Tag.FailedSOPInstanceUIDList);
    return new Retrieval(
        response.status(),
        SubOperations.read(response.command()),
        failed == null ? List.of() : List.of(failed));
  }

  private PresentationContext context(String informationModel) throws DicomException {
    PresentationContext context = association.acceptedContext(informationModel);
    if (context == null) {
      throw new DicomException(
          DicomError.NO_PRESENTATION_CONTEXT,
          association.remoteAe() + " does not accept SOP class " + informationModel);
    }
    return context;
  }

  private Attributes command(DimseOperation operation, String informationModel) {
    Attributes command =
        CommandSet.request(operation, association.nextMessageId(), informationModel);
    command.setInt(Tag.Priority, VR.US, 0);
    return command;
  }

  private Association.Response response(Attributes command) throws IOException {
    return association.receiveResponse(Set.of(command.getInt(Tag.MessageID, 0)));
  }

  private void cancel(PresentationContext context, Attributes command) throws IOException {
    association.send(context.id(), CommandSet.cancel(command.getInt(Tag.MessageID, 0)), null);
  }

  /** Releases the association. */
  @Override
  public void close() throws IOException {
    association.close();
  }
}
