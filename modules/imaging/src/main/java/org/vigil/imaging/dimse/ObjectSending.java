package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.DimseReply;
import org.vigil.dicom.net.DimseRequest;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;
import org.vigil.dicom.net.SubOperations;
import org.vigil.dicom.pixel.PixelDecoder;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.application.StoredStudies;
import org.vigil.imaging.pacs.PacsConnections;
import org.vigil.imaging.storage.RestoredObject;
import org.vigil.kernel.VigilException;

/**
 * The C-STORE sub-operations of a C-GET or C-MOVE, with their counts (PS3.4 §C.4.2.1.6). Objects go
 * as they were received, or decompressed where the receiver takes them only so; what cannot be sent
 * is counted and named, and the others are sent.
 */
@ApplicationScoped
public class ObjectSending {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectSending.class);

  private final StoredStudies studies;
  private final PacsConnections connections;

  @Inject
  public ObjectSending(StoredStudies studies, PacsConnections connections) {
    this.studies = studies;
    this.connections = connections;
  }

  /** For the container's proxy. */
  protected ObjectSending() {
    this(null, null);
  }

  /** Over the association of the request. */
  DimseReply get(DimseRequest request, List<InstanceView> wanted) throws IOException {
    Progress progress = new Progress(request, wanted.size());
    for (InstanceView instance : wanted) {
      if (request.isCancelled()) {
        return progress.ended(DimseStatus.CANCEL);
      }
      StoreItem item = item(instance);
      progress.note(
          instance, item == null ? notSent(instance) : send(instance, item, request::store));
    }
    return progress.ended();
  }

  /** Over an association of our own with a node. */
  DimseReply move(DimseRequest request, List<InstanceView> wanted, PacsNode node)
      throws IOException {
    Progress progress = new Progress(request, wanted.size());
    List<InstanceView> readable = new ArrayList<>();
    List<StoreItem> items = new ArrayList<>();
    for (InstanceView instance : wanted) {
      StoreItem item = item(instance);
      if (item == null) {
        progress.note(instance, notSent(instance));
      } else {
        readable.add(instance);
        items.add(item);
      }
    }
    if (items.isEmpty()) {
      return progress.ended();
    }
    int sent = 0;
    try (StorageScu scu = StorageScu.openOfferingNative(connections.remote(node), items)) {
      while (sent < items.size()) {
        if (request.isCancelled()) {
          return progress.ended(DimseStatus.CANCEL);
        }
        StoreResult result =
            send(
                readable.get(sent),
                items.get(sent),
                item -> scu.store(item, request.association().remoteAe(), request.messageId()));
        progress.note(readable.get(sent++), result);
      }
    } catch (IOException e) {
      if (!request.association().isOpen()) {
        throw e;
      }
      LOG.warn("C-MOVE to {} ended early: {}", node.name(), e.getClass().getSimpleName());
      readable.subList(sent, readable.size()).forEach(progress::failed);
    }
    return progress.ended();
  }

  private interface Sender {
    StoreResult store(StoreItem item) throws IOException;
  }

  /** As it was received, or decompressed for a peer that does not take it so. */
  private StoreResult send(InstanceView instance, StoreItem item, Sender sender)
      throws IOException {
    StoreResult result = sender.store(item);
    if (result.sent()
        || !instance.hasPixelData()
        || TransferSyntax.of(instance.transferSyntaxUid()).isNative()
        || !PixelDecoder.canDecode(instance.transferSyntaxUid())) {
      return result;
    }
    StoreItem decompressed;
    try {
      decompressed =
          StoreItem.of(RestoredObject.decompressed(studies.source(instance.sopInstanceUid())));
    } catch (IOException | VigilException e) {
      LOG.info(
          "{} cannot be decompressed: {}", instance.sopInstanceUid(), e.getClass().getSimpleName());
      return result;
    }
    return sender.store(decompressed);
  }

  /** Null where only a PACS has it now, or a storage tier does not answer. */
  private StoreItem item(InstanceView instance) {
    try {
      return StoreItem.of(studies.source(instance.sopInstanceUid()));
    } catch (VigilException e) {
      LOG.info("{} is not sent: {}", instance.sopInstanceUid(), e.code().id());
      return null;
    } catch (IOException e) {
      LOG.error("{} is not sent: it cannot be read", instance.sopInstanceUid(), e);
      return null;
    }
  }

  private static StoreResult notSent(InstanceView instance) {
    return new StoreResult(
        instance.sopInstanceUid().value(),
        DimseStatus.of(DimseStatus.PROCESSING_FAILURE, null),
        false);
  }

  /** What has come of it so far; the peer hears of every object. */
  private static final class Progress {
    private final DimseRequest request;
    private final List<String> failed = new ArrayList<>();
    private SubOperations counts;

    Progress(DimseRequest request, int total) {
      this.request = request;
      this.counts = SubOperations.of(total);
    }

    void note(InstanceView instance, StoreResult result) throws IOException {
      counts = counts.after(result);
      if (!result.isStored()) {
        failed.add(instance.sopInstanceUid().value());
      }
      if (counts.remaining() > 0) {
        request.pending(counts);
      }
    }

    /** One of those that a broken association leaves. */
    void failed(InstanceView instance) {
      counts = counts.after(notSent(instance));
      failed.add(instance.sopInstanceUid().value());
    }

    DimseReply ended() {
      if (failed.isEmpty()) {
        return ended(DimseStatus.SUCCESS.code());
      }
      return ended(
          counts.completed() + counts.warning() == 0
              ? DimseStatus.UNABLE_TO_PERFORM_SUB_OPERATIONS
              : DimseStatus.SUB_OPERATIONS_WITH_FAILURES);
    }

    /** The last response counts none as remaining unless it was cancelled (PS3.7 §9.1.4.1.7). */
    DimseReply ended(int status) {
      SubOperations last =
          status == DimseStatus.CANCEL
              ? counts
              : new SubOperations(-1, counts.completed(), counts.failed(), counts.warning());
      Attributes names = null;
      if (!failed.isEmpty()) {
        names = new Attributes();
        names.setString(Tag.FailedSOPInstanceUIDList, VR.UI, failed.toArray(new String[0]));
      }
      return DimseReply.of(DimseStatus.of(status, null), last, names);
    }
  }
}
