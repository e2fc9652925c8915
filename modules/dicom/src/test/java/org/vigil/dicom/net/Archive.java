package org.vigil.dicom.net;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomReader;

/** A small archive: finds by Study Instance UID, sends by C-GET and C-MOVE, commits. */
final class Archive implements DimseService {
  final StoreRecorder store = new StoreRecorder();
  final Map<String, RemoteAe> destinations = new ConcurrentHashMap<>();
  final Map<String, Attributes> steps = new ConcurrentHashMap<>();
  final List<Attributes> commitments = new CopyOnWriteArrayList<>();

  /** Matches to pretend beyond those there are. */
  int invented;

  volatile int sent;

  @Override
  public Set<String> sopClasses() {
    return Set.of(
        UID.StudyRootQueryRetrieveInformationModelFind,
        UID.StudyRootQueryRetrieveInformationModelMove,
        UID.StudyRootQueryRetrieveInformationModelGet,
        UID.ModalityPerformedProcedureStep,
        UID.StorageCommitmentPushModel);
  }

  @Override
  public boolean grantsScpRole(String sopClassUid) {
    return UID.isStorage(sopClassUid) || sopClassUid.equals(UID.StorageCommitmentPushModel);
  }

  @Override
  public DimseReply perform(DimseRequest request) throws Exception {
    return switch (request.operation()) {
      case C_FIND -> find(request);
      case C_GET -> get(request);
      case C_MOVE -> move(request);
      case N_CREATE -> {
        if (steps.putIfAbsent(request.sopInstanceUid(), request.dataset()) != null) {
          yield DimseReply.of(DimseStatus.of(DimseStatus.DUPLICATE_SOP_INSTANCE, null));
        }
        yield DimseReply.success();
      }
      case N_SET -> {
        Attributes step = steps.get(request.sopInstanceUid());
        if (step == null) {
          yield DimseReply.of(DimseStatus.of(DimseStatus.NO_SUCH_OBJECT_INSTANCE, null));
        }
        step.setString(
            Tag.PerformedProcedureStepStatus,
            VR.CS,
            request.dataset().getString(Tag.PerformedProcedureStepStatus));
        yield DimseReply.of(DimseStatus.SUCCESS, step);
      }
      case N_ACTION, N_EVENT_REPORT -> {
        commitments.add(request.dataset());
        yield DimseReply.success();
      }
      default -> DimseReply.of(DimseStatus.of(DimseStatus.UNRECOGNIZED_OPERATION, null));
    };
  }

  private List<Attributes> matching(Attributes identifier) throws Exception {
    String study = identifier.getString(Tag.StudyInstanceUID);
    List<Attributes> found = new ArrayList<>();
    for (byte[] file : store.files.values()) {
      Attributes a = DicomReader.of(new ByteArrayInputStream(file)).read().dataset();
      if (study == null || study.isEmpty() || study.equals(a.getString(Tag.StudyInstanceUID))) {
        found.add(a);
      }
    }
    return found;
  }

  private DimseReply find(DimseRequest request) throws Exception {
    List<Attributes> found = matching(request.dataset());
    for (int i = 0; i < found.size() + invented; i++) {
      if (request.isCancelled()) {
        return DimseReply.of(DimseStatus.of(DimseStatus.CANCEL, null));
      }
      Attributes match = new Attributes();
      match.setString(Tag.QueryRetrieveLevel, VR.CS, "STUDY");
      Attributes of = found.isEmpty() ? null : found.get(Math.min(i, found.size() - 1));
      match.setString(
          Tag.StudyInstanceUID,
          VR.UI,
          of == null ? "1.2." + i : of.getString(Tag.StudyInstanceUID));
      match.setString(
          Tag.PatientName, VR.PN, of == null ? "Nobody" : of.getString(Tag.PatientName));
      request.pending(match);
      sent++;
    }
    return DimseReply.success();
  }

  private DimseReply get(DimseRequest request) throws Exception {
    List<Attributes> found = matching(request.dataset());
    SubOperations progress = SubOperations.of(found.size());
    for (Attributes instance : found) {
      progress = progress.after(request.store(StoreItem.of(instance, UID.ExplicitVRLittleEndian)));
      request.pending(progress);
    }
    return DimseReply.of(
        progress.failed() == 0
            ? DimseStatus.SUCCESS
            : DimseStatus.of(DimseStatus.SUB_OPERATIONS_WITH_FAILURES, null),
        progress,
        null);
  }

  private DimseReply move(DimseRequest request) throws Exception {
    RemoteAe destination = destinations.get(request.moveDestination());
    if (destination == null) {
      return DimseReply.of(DimseStatus.of(DimseStatus.MOVE_DESTINATION_UNKNOWN, null));
    }
    List<StoreItem> items = new ArrayList<>();
    for (Attributes instance : matching(request.dataset())) {
      items.add(StoreItem.of(instance, UID.ExplicitVRLittleEndian));
    }
    SubOperations progress = SubOperations.of(items.size());
    try (StorageScu scu = StorageScu.open(destination, items)) {
      for (StoreItem item : items) {
        progress =
            progress.after(scu.store(item, request.association().remoteAe(), request.messageId()));
        request.pending(progress);
      }
    }
    return DimseReply.of(DimseStatus.SUCCESS, progress, null);
  }
}
