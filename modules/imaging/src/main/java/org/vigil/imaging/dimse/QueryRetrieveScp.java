package org.vigil.imaging.dimse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.net.DimseOperation;
import org.vigil.dicom.net.DimseReply;
import org.vigil.dicom.net.DimseRequest;
import org.vigil.dicom.net.DimseStatus;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.PacsNode;
import org.vigil.imaging.application.PacsNodeBook;
import org.vigil.imaging.domain.QueryKeys;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.imaging.query.HierarchicalQuery;
import org.vigil.imaging.query.RequestedObjects;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantDirectory;
import org.vigil.tenancy.api.TenantView;

/** Query/Retrieve as provider (PS3.4 annex C), Patient Root and Study Root. */
@ApplicationScoped
public class QueryRetrieveScp extends TenantService {
  private static final int MOST_MATCHES = 10_000;

  private static final Map<String, DimseOperation> OPERATIONS =
      Map.of(
          UID.PatientRootQueryRetrieveInformationModelFind, DimseOperation.C_FIND,
          UID.PatientRootQueryRetrieveInformationModelMove, DimseOperation.C_MOVE,
          UID.PatientRootQueryRetrieveInformationModelGet, DimseOperation.C_GET,
          UID.StudyRootQueryRetrieveInformationModelFind, DimseOperation.C_FIND,
          UID.StudyRootQueryRetrieveInformationModelMove, DimseOperation.C_MOVE,
          UID.StudyRootQueryRetrieveInformationModelGet, DimseOperation.C_GET);

  private static final Set<String> PATIENT_ROOT =
      Set.of(
          UID.PatientRootQueryRetrieveInformationModelFind,
          UID.PatientRootQueryRetrieveInformationModelMove,
          UID.PatientRootQueryRetrieveInformationModelGet);

  private final KnownClients clients;
  private final PacsNodeBook nodes;
  private final HierarchicalQuery query;
  private final RequestedObjects objects;
  private final ObjectSending sending;
  private final Event<AuditEvent> audit;

  @Inject
  public QueryRetrieveScp(
      TenantDirectory tenants,
      KnownClients clients,
      PacsNodeBook nodes,
      HierarchicalQuery query,
      RequestedObjects objects,
      ObjectSending sending,
      Event<AuditEvent> audit) {
    super(tenants);
    this.clients = clients;
    this.nodes = nodes;
    this.query = query;
    this.objects = objects;
    this.sending = sending;
    this.audit = audit;
  }

  /** For the container's proxy. */
  protected QueryRetrieveScp() {
    this(null, null, null, null, null, null, null);
  }

  @Override
  public Set<String> sopClasses() {
    return OPERATIONS.keySet();
  }

  /** Who retrieves by C-GET takes instances over its own association. */
  @Override
  public boolean grantsScpRole(String sopClassUid) {
    return UID.isStorage(sopClassUid);
  }

  @Override
  DimseReply perform(DimseRequest request, TenantView tenant, Actor peer) throws IOException {
    if (request.operation() != OPERATIONS.get(request.sopClassUid())) {
      return DimseReply.of(DimseStatus.of(DimseStatus.UNRECOGNIZED_OPERATION, null));
    }
    clients.check(request.association());
    QueryLevel level =
        QueryLevel.of(request.dataset(), PATIENT_ROOT.contains(request.sopClassUid()));
    return switch (request.operation()) {
      case C_FIND -> find(request, level, tenant, peer);
      case C_GET ->
          sending.get(request, objects.find(level, request.dataset(), peer, "sent by C-GET"));
      default -> move(request, level, peer);
    };
  }

  private DimseReply find(DimseRequest request, QueryLevel level, TenantView tenant, Actor peer)
      throws IOException {
    Attributes keys = request.dataset();
    boolean allKnown =
        Arrays.stream(keys.tags())
            .filter(tag -> QueryKeys.isKey(tag) && keys.containsValue(tag))
            .allMatch(level::knows);
    List<Attributes> matches = new ArrayList<>();
    query.find(
        level,
        keys,
        match -> {
          if (matches.size() == MOST_MATCHES) {
            throw new VigilException(ErrorCode.IMAGING_0095);
          }
          match.setString(Tag.RetrieveAETitle, VR.AE, tenant.aeTitle());
          return matches.add(match);
        });
    // Nobody hears of a patient before it is written down who asked.
    audit.fire(
        AuditEvent.of(AuditEvent.Action.STUDIES_SEARCHED, peer)
            .about(null, asked(keys, Tag.PatientID))
            .with(
                Map.of(
                    "level", level.name().toLowerCase(Locale.ROOT),
                    "keys", keywords(keys),
                    "matches", Integer.toString(matches.size()))));
    for (Attributes match : matches) {
      if (request.isCancelled()) {
        return DimseReply.of(DimseStatus.of(DimseStatus.CANCEL, null));
      }
      request.pending(match, allKnown);
    }
    return DimseReply.success();
  }

  private DimseReply move(DimseRequest request, QueryLevel level, Actor peer) throws IOException {
    String destination = String.valueOf(request.moveDestination()).strip();
    Optional<PacsNode> node = nodes.byAeTitle(destination);
    if (node.isEmpty()) {
      return DimseReply.of(
          DimseStatus.of(DimseStatus.MOVE_DESTINATION_UNKNOWN, "no PACS node has this AE title"));
    }
    List<InstanceView> wanted =
        objects.find(level, request.dataset(), peer, "sent to " + destination + " by C-MOVE");
    return sending.move(request, wanted, node.get());
  }

  private static String asked(Attributes keys, int tag) {
    String text = keys.getString(tag, "").strip();
    return text.isEmpty() || text.matches(".*[*?].*") ? null : text;
  }

  /** Which keys had values; the values may name a patient. */
  private static String keywords(Attributes keys) {
    return Arrays.stream(keys.tags())
        .filter(tag -> QueryKeys.isKey(tag) && keys.containsValue(tag))
        .mapToObj(Tag::toString)
        .collect(Collectors.joining(" "));
  }
}
