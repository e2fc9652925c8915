package org.vigil.imaging.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.dicom.data.ByteSource;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.PriorStudy;
import org.vigil.imaging.api.Studies;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.imaging.persistence.StudyRepository;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.imaging.storage.RestoredObject;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** Reading what is stored for the current tenant. */
@ApplicationScoped
public class StoredStudies implements Studies {
  private final StudyRepository studies;
  private final ObjectStore store;
  private final PriorShelf priors;

  @Inject
  public StoredStudies(StudyRepository studies, ObjectStore store, PriorShelf priors) {
    this.studies = studies;
    this.store = store;
    this.priors = priors;
  }

  /** For the container's proxy. */
  protected StoredStudies() {
    this(null, null, null);
  }

  @Override
  @Transactional
  public Optional<StudyView> find(StudyInstanceUid uid) {
    return studies.study(uid).map(StudyEntity::view);
  }

  @Override
  @Transactional
  public List<InstanceView> instances(StudyInstanceUid uid) {
    return studies.instances(uid);
  }

  @Override
  @Transactional
  public List<PriorStudy> priors(StudyInstanceUid uid) {
    return priors.of(uid);
  }

  @Override
  @Transactional
  public Optional<InstanceView> instance(SopInstanceUid uid) {
    return studies.instanceView(uid);
  }

  @Override
  @Transactional
  public InputStream open(SopInstanceUid uid) {
    try {
      return source(uid).open(0);
    } catch (IOException e) {
      throw new VigilException(
          ErrorCode.IMAGING_0005, Map.of("sopInstance", uid.value(), "cause", "unreadable"), e);
    }
  }

  /**
   * The bytes of an object, readable at any offset: uncompressed where it was received so, however
   * it lies here.
   *
   * @throws VigilException IMAGING-0005 when unknown, IMAGING-0090 when only a PACS has it now
   */
  @Transactional
  public ByteSource source(SopInstanceUid uid) {
    InstanceEntity instance = instanceEntity(uid);
    if (instance.isReleased()) {
      throw new VigilException(
          ErrorCode.IMAGING_0090,
          Map.of("sopInstance", uid.value(), "node", instance.releasedTo()));
    }
    ByteSource stored =
        store.source(TenantContext.current(), instance.location(), instance.storedAs());
    return instance.isCompressed()
        ? new RestoredObject(stored, instance.transferSyntaxUid())
        : stored;
  }

  private InstanceEntity instanceEntity(SopInstanceUid uid) {
    return studies
        .instance(uid)
        .orElseThrow(
            () -> new VigilException(ErrorCode.IMAGING_0005, Map.of("sopInstance", uid.value())));
  }
}
