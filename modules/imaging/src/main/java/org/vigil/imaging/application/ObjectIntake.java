package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.imaging.application.ObjectRegister.Arrival;
import org.vigil.imaging.application.ObjectRegister.Incoming;
import org.vigil.imaging.application.ObjectRegister.Receipt;
import org.vigil.imaging.domain.DicomNames;
import org.vigil.imaging.domain.ObjectHeader;
import org.vigil.imaging.storage.Draft;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/**
 * Takes objects in, whatever the protocol that brings them: bytes to disk, header read, then one
 * transaction that records them. When {@link #receive} returns, bytes and row are both durable.
 */
@ApplicationScoped
public class ObjectIntake {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectIntake.class);

  /** Longer binary values stay on disk while the header is read. */
  private static final int BULK_FROM = 16 * 1024;

  /** Big-endian values cannot stay on disk; longer ones are refused. */
  private static final long LONGEST_VALUE_IN_MEMORY = 512L << 20;

  private final ObjectStore store;
  private final ObjectRegister register;
  private final GroupCommit group;
  private final StudyCompletion completion;
  private final CompletionScheduler scheduler;
  private final OpenAssociations openAssociations;

  @Inject
  public ObjectIntake(
      ObjectStore store,
      ObjectRegister register,
      GroupCommit group,
      StudyCompletion completion,
      CompletionScheduler scheduler,
      OpenAssociations openAssociations) {
    this.store = store;
    this.register = register;
    this.group = group;
    this.completion = completion;
    this.scheduler = scheduler;
    this.openAssociations = openAssociations;
  }

  /** For the container's proxy. */
  protected ObjectIntake() {
    this(null, null, null, null, null, null);
  }

  /**
   * Stores one object.
   *
   * @param sopClassUid as the sender announced it; likewise the instance
   * @param transferSyntaxUid in which the data set is encoded
   * @param dataset the bare data set, to its end
   * @return whether it is new; both answers mean that it is durable
   * @throws VigilException IMAGING-0001, 0002, 0003, 0006, 0007, KERNEL-0002; refused objects lie
   *     in the tenant's {@code rejected} folder and are audited
   * @throws IOException when the sender breaks off; nothing is stored
   */
  public Receipt receive(
      IntakeAssociation association,
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntaxUid,
      InputStream dataset)
      throws IOException {
    return receive(
        association,
        association.isRetrieval(),
        sopClassUid,
        sopInstanceUid,
        transferSyntaxUid,
        dataset);
  }

  /**
   * The same.
   *
   * @param ownRequest whether the object says that Vigil asked for it; null where it does not say
   */
  public Receipt receive(
      IntakeAssociation association,
      Boolean ownRequest,
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntaxUid,
      InputStream dataset)
      throws IOException {
    return receive(
        association,
        ownRequest,
        sopClassUid,
        sopInstanceUid,
        transferSyntaxUid,
        (DatasetContent) dataset::transferTo);
  }

  /** The same of a data set that is written rather than read. */
  public Receipt receive(
      IntakeAssociation association,
      Boolean ownRequest,
      String sopClassUid,
      String sopInstanceUid,
      String transferSyntaxUid,
      DatasetContent dataset)
      throws IOException {
    TenantId tenant = association.tenant();
    try (TenantContext.Scope scope = TenantContext.enter(tenant);
        Draft draft = store.begin(tenant)) {
      DicomWriter.writeFileMetaInformation(
          draft.out(),
          DicomWriter.fileMetaInformation(sopClassUid, sopInstanceUid, transferSyntaxUid));
      dataset.writeTo(draft.out());
      draft.seal();
      try {
        ObjectHeader header = readHeader(draft);
        checkAnnounced(header, sopClassUid, sopInstanceUid);
        if (!association.isAbout(header.study())) {
          throw new VigilException(ErrorCode.IMAGING_0021, Map.of("attribute", "(0020,000D)"));
        }
        return record(association, ownRequest, header, transferSyntaxUid, draft);
      } catch (VigilException e) {
        if (e.code() != ErrorCode.IMAGING_0006) {
          setAside(association, draft, e);
        }
        throw e;
      }
    }
  }

  /** A bare data set. */
  @FunctionalInterface
  public interface DatasetContent {
    /** Writes it; the stream is left open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Ends a conversation: its studies' quiet period begins.
   *
   * @param orderly released, rather than aborted or lost
   */
  public void ended(IntakeAssociation association, boolean orderly) {
    try (TenantContext.Scope scope = TenantContext.enter(association.tenant())) {
      for (StudyInstanceUid study : association.studies()) {
        boolean othersOpen = openAssociations.close(association, study);
        completion
            .associationEnded(study, Clock.systemUTC().instant(), orderly, othersOpen)
            .ifPresent(due -> scheduler.plan(association.tenant(), study, due));
      }
    }
  }

  private Receipt record(
      IntakeAssociation association,
      Boolean ownRequest,
      ObjectHeader header,
      String transferSyntaxUid,
      Draft draft) {
    Instant now = Clock.systemUTC().instant();
    StudyInstanceUid study = header.study();
    Incoming incoming =
        new Incoming(
            header,
            transferSyntaxUid,
            association.peer(),
            ownRequest,
            !association.hasBrought(study),
            !association.knowsSeriesOf(header),
            association.fetched(study, ownRequest),
            now);
    try {
      Receipt receipt = group.record(association.tenant(), new Arrival(incoming, draft));
      association.recorded(header, ownRequest, receipt.fetched());
      if (receipt.concernsReading()) {
        brought(association, study, receipt.dueAt());
      }
      return receipt;
    } catch (VigilException e) {
      if (e.code() == ErrorCode.IMAGING_0007) {
        register.sentAgain(incoming).ifPresent(due -> brought(association, study, due));
      }
      throw e;
    }
  }

  private void brought(IntakeAssociation association, StudyInstanceUid study, Instant due) {
    openAssociations.open(association, study);
    association.brought(study);
    if (due != null) {
      scheduler.plan(association.tenant(), study, due);
    }
  }

  private static ObjectHeader readHeader(Draft draft) throws IOException {
    DicomObject object;
    try {
      object =
          DicomReader.of(draft.content())
              .leaveBulk(BULK_FROM)
              .maxValueLength(LONGEST_VALUE_IN_MEMORY)
              .read();
    } catch (DicomException e) {
      throw new VigilException(ErrorCode.IMAGING_0001, describe(e), e);
    }
    return ObjectHeader.of(object.dataset());
  }

  private static Map<String, Object> describe(DicomException e) {
    String at = e.offset() < 0 ? "unknown" : Long.toString(e.offset());
    return e.tag() == -1
        ? Map.of("cause", e.error(), "atByte", at)
        : Map.of("cause", e.error(), "atByte", at, "attribute", DicomNames.attribute(e.tag()));
  }

  private static void checkAnnounced(ObjectHeader header, String sopClass, String sopInstance) {
    if (!header.sopClassUid().equals(sopClass)) {
      throw new VigilException(ErrorCode.IMAGING_0003, Map.of("attribute", "(0008,0016)"));
    }
    if (!header.instance().value().equals(sopInstance)) {
      throw new VigilException(ErrorCode.IMAGING_0003, Map.of("attribute", "(0008,0018)"));
    }
  }

  /** Keeps a refused object for a person to look at, and proves that it came. */
  private void setAside(IntakeAssociation association, Draft draft, VigilException reason) {
    try {
      String name = draft.reject(reason.getMessage());
      LOG.warn(
          "Object from {} for {} refused, kept as {}: {}",
          association.peer().name(),
          association.tenant(),
          name,
          reason.getMessage());
      register.refused(association.peer(), name, reason);
    } catch (RuntimeException e) {
      // The sender gets the first reason; this one is for the operator.
      reason.addSuppressed(e);
      LOG.error("A refused object could not be set aside", e);
    }
  }
}
