package org.vigil.imaging.application;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.vigil.imaging.domain.ObjectHeader;
import org.vigil.kernel.Actor;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;

/**
 * One conversation over which a peer sends objects: a DICOM association, or one request that
 * carries several. Used by one thread at a time.
 */
public final class IntakeAssociation {
  private final UUID id = UUID.randomUUID();
  private final TenantId tenant;
  private final Actor peer;
  private final boolean retrieval;
  private final StudyInstanceUid only;
  private final Set<StudyInstanceUid> studies = new LinkedHashSet<>();
  private final Set<Series> series = new HashSet<>();
  private final Map<Request, Boolean> fetched = new HashMap<>();

  /**
   * Opens a conversation.
   *
   * @param peer calling AE title and address
   */
  public IntakeAssociation(TenantId tenant, Actor peer) {
    this(tenant, peer, false, null);
  }

  /**
   * Opens a conversation.
   *
   * @param retrieval whether Vigil has asked the peer for what it sends
   */
  public IntakeAssociation(TenantId tenant, Actor peer, boolean retrieval) {
    this(tenant, peer, retrieval, null);
  }

  /**
   * Opens a conversation about one study.
   *
   * @param only objects of any other study are refused; null for none
   */
  public IntakeAssociation(TenantId tenant, Actor peer, StudyInstanceUid only) {
    this(tenant, peer, false, only);
  }

  private IntakeAssociation(TenantId tenant, Actor peer, boolean retrieval, StudyInstanceUid only) {
    this.tenant = tenant;
    this.peer = peer;
    this.retrieval = retrieval;
    this.only = only;
  }

  /** Whether Vigil has asked the peer for what it sends. */
  public boolean isRetrieval() {
    return retrieval;
  }

  public UUID id() {
    return id;
  }

  public TenantId tenant() {
    return tenant;
  }

  public Actor peer() {
    return peer;
  }

  /** Whether an object of this study may come in this conversation. */
  boolean isAbout(StudyInstanceUid study) {
    return only == null || only.equals(study);
  }

  /** Studies of which this conversation has brought something new. */
  public Set<StudyInstanceUid> studies() {
    return Collections.unmodifiableSet(studies);
  }

  boolean hasBrought(StudyInstanceUid study) {
    return studies.contains(study);
  }

  void brought(StudyInstanceUid study) {
    studies.add(study);
  }

  /** Whether the series of an object has its row. */
  boolean knowsSeriesOf(ObjectHeader header) {
    return series.contains(new Series(header.study(), header.series()));
  }

  /** Whether objects of a study come as parts of a prior; null before the first of them. */
  Boolean fetched(StudyInstanceUid study, Boolean ownRequest) {
    return fetched.get(new Request(study, ownRequest));
  }

  /** Notes what the first object of a study has shown: the next ones need not ask again. */
  void recorded(ObjectHeader header, Boolean ownRequest, boolean isFetched) {
    series.add(new Series(header.study(), header.series()));
    fetched.put(new Request(header.study(), ownRequest), isFetched);
  }

  private record Series(StudyInstanceUid study, SeriesInstanceUid series) {}

  private record Request(StudyInstanceUid study, Boolean ownRequest) {}
}
