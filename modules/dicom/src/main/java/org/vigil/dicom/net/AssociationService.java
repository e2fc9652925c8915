package org.vigil.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.net.AssociatePdu.Negotiation;
import org.vigil.dicom.net.AssociatePdu.Operations;
import org.vigil.dicom.net.AssociatePdu.Role;

/** Serves one connection of a {@link DicomServer} from A-ASSOCIATE-RQ to its end. */
final class AssociationService implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(AssociationService.class);

  private final DicomServer server;
  private final DicomServer.Builder config;
  private final Socket socket;
  private final boolean overLimit;
  private volatile Association association;

  AssociationService(DicomServer server, Socket socket, boolean overLimit) {
    this.server = server;
    this.config = server.config;
    this.socket = socket;
    this.overLimit = overLimit;
  }

  /** From another thread: ends the association, or the connection that is none yet. */
  void abort() {
    Association established = association;
    if (established != null) {
      established.abort(2, 0);
    }
    closeSocket();
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Connection from {} did not close", socket.getRemoteSocketAddress(), e);
    }
  }

  @Override
  public void run() {
    try {
      socket.setTcpNoDelay(true);
      if (socket instanceof SSLSocket tls) {
        tls.setSoTimeout((int) config.artimMillis);
        tls.startHandshake();
      }
      PduChannel channel = new PduChannel(socket, config.maxPduLength);
      Association established = establish(channel);
      if (established != null) {
        association = established;
        converse(established);
      }
    } catch (IOException e) {
      LOG.info(
          "Connection from {} ended before an association: {}",
          socket.getRemoteSocketAddress(),
          e.toString());
    } finally {
      closeSocket();
    }
  }

  // --- establishment ----------------------------------------------------------------------------

  private Association establish(PduChannel channel) throws IOException {
    channel.deadline(config.artimMillis);
    try {
      int type = channel.nextPdu();
      if (type == PduChannel.ABORT) {
        throw Association.abortedBy(channel.body());
      }
      if (type != PduChannel.ASSOCIATE_RQ) {
        throw new ProtocolException("PDU of type " + type + " instead of A-ASSOCIATE-RQ", 2);
      }
      return answer(channel, AssociatePdu.decode(channel.body()));
    } catch (ProtocolException e) {
      channel.sendAbort(2, e.abortReason());
      channel.awaitClose(config.artimMillis);
      throw e;
    }
  }

  private Association answer(PduChannel channel, AssociatePdu asked) throws IOException {
    AssociationRequest request =
        new AssociationRequest(
            asked.calledAe(),
            asked.callingAe(),
            (InetSocketAddress) socket.getRemoteSocketAddress(),
            asked.contexts(),
            asked.maxPduLength(),
            asked.implementationClassUid(),
            asked.implementationVersionName(),
            certificates(),
            asked.negotiation().identity(),
            asked.negotiation().extended());
    AssociationDecision decision = decide(asked, request);
    if (!decision.isAccepted()) {
      reject(channel, request, decision.rejection());
      return null;
    }
    List<PresentationContext> negotiated = new ArrayList<>(asked.contexts().size());
    Negotiation granted = granted(asked.negotiation(), decision);
    Set<String> weSend =
        granted.roles().stream()
            .filter(Role::scp)
            .map(Role::sopClassUid)
            .collect(Collectors.toSet());
    asked
        .contexts()
        .forEach(
            context ->
                negotiated.add(negotiate(context, weSend.contains(context.abstractSyntax()))));
    channel.send(
        PduChannel.ASSOCIATE_AC,
        AssociatePdu.own(
                asked.calledAe(), asked.callingAe(), negotiated, config.maxPduLength, granted)
            .encode(false));
    channel.idleTimeout(config.idleMillis);
    return new Association(
        channel,
        request,
        false,
        negotiated,
        asked.maxPduLength(),
        config.maxPduLength,
        decision.attachment(),
        config.idleMillis,
        granted);
  }

  private Negotiation granted(Negotiation asked, AssociationDecision decision) {
    List<Role> roles =
        asked.roles().stream()
            .map(role -> new Role(role.sopClassUid(), role.scu(), role.scp() && grantsScp(role)))
            .toList();
    Operations operations = asked.operations();
    if (operations != null) {
      int invoked = operations.invoked();
      int most = config.operationsPerformed;
      operations = new Operations(invoked == 0 ? most : Math.min(invoked, most), 1);
    }
    boolean answersIdentity = asked.identity() != null && asked.identity().responseRequested();
    return new Negotiation(
        roles, operations, Map.of(), null, answersIdentity ? decision.identityResponse() : null);
  }

  private boolean grantsScp(Role role) {
    return config.services.values().stream().anyMatch(s -> s.grantsScpRole(role.sopClassUid()));
  }

  private List<Certificate> certificates() {
    if (socket instanceof SSLSocket tls) {
      try {
        return List.of(tls.getSession().getPeerCertificates());
      } catch (SSLPeerUnverifiedException e) {
        // No client certificate was asked for, so the peer is known by its AE title only.
        return List.of();
      }
    }
    return List.of();
  }

  private AssociationDecision decide(AssociatePdu asked, AssociationRequest request) {
    if (overLimit) {
      return AssociationDecision.reject(RejectReason.LOCAL_LIMIT_EXCEEDED);
    }
    if ((asked.protocolVersion() & 1) == 0) {
      return AssociationDecision.reject(RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED);
    }
    if (!UID.DICOMApplicationContext.equals(asked.applicationContext())) {
      return AssociationDecision.reject(RejectReason.APPLICATION_CONTEXT_NOT_SUPPORTED);
    }
    try {
      return config.acceptor.decide(request);
    } catch (Exception e) {
      LOG.error(
          "Association {} -> {} refused: the decision failed",
          request.callingAe(),
          request.calledAe(),
          e);
      return AssociationDecision.reject(RejectReason.TEMPORARY_CONGESTION);
    }
  }

  private void reject(PduChannel channel, AssociationRequest request, RejectReason reason)
      throws IOException {
    LOG.warn(
        "Association {} -> {} from {} rejected: {}",
        request.callingAe(),
        request.calledAe(),
        request.remoteAddress(),
        reason);
    channel.send(
        PduChannel.ASSOCIATE_RJ,
        new byte[] {0, (byte) reason.result(), (byte) reason.source(), (byte) reason.reason()});
    channel.awaitClose(config.artimMillis);
  }

  /**
   * Chooses a transfer syntax.
   *
   * @param weSend whether instances go to the requestor in this context: any can be sent
   *     uncompressed, few in a compressed syntax of the requestor's choice
   */
  private PresentationContext negotiate(PresentationContext proposed, boolean weSend) {
    String sopClass = proposed.abstractSyntax();
    boolean verification = UID.Verification.equals(sopClass);
    DimseService service = config.services.get(sopClass);
    boolean sends =
        UID.isStorage(sopClass)
            && config.services.values().stream().anyMatch(s -> s.grantsScpRole(sopClass));
    if (!verification
        && service == null
        && (config.storeHandler == null && !sends || !UID.isStorage(sopClass))) {
      return proposed.refused(PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    String chosen = null;
    boolean sopClassKnown = verification || service != null;
    for (String syntax : proposed.transferSyntaxes()) {
      boolean possible =
          verification
              ? TransferSyntax.isKnown(syntax) && TransferSyntax.of(syntax).isNative()
              : service != null
                  ? service.accepts(syntax)
                  : config.storageAccepted.test(sopClass, syntax);
      sopClassKnown |= possible;
      // The proposer's order counts, but a VR that is written down beats one that is guessed.
      if (possible
          && (chosen == null
              || weSend && !isNative(chosen) && isNative(syntax)
              || chosen.equals(UID.ImplicitVRLittleEndian)
                  && syntax.equals(UID.ExplicitVRLittleEndian))) {
        chosen = syntax;
      }
    }
    if (chosen != null) {
      return proposed.accepted(chosen);
    }
    return proposed.refused(
        sopClassKnown || UID.isStorage(sopClass)
            ? PresentationContext.TRANSFER_SYNTAXES_NOT_SUPPORTED
            : PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  private static boolean isNative(String syntax) {
    return TransferSyntax.isKnown(syntax) && TransferSyntax.of(syntax).isNative();
  }

  // --- conversation -----------------------------------------------------------------------------

  private void converse(Association established) {
    AssociationListener listener =
        config.storeHandler == null ? new AssociationListener() {} : config.storeHandler;
    String end;
    try {
      listener.opened(established);
      Association.Message message;
      while ((message = established.receiveOther()) != null) {
        handle(established, message);
      }
      established.confirmRelease(config.artimMillis);
      listener.released(established);
      return;
    } catch (ProtocolException e) {
      established.abort(2, e.abortReason());
      end = e.getMessage();
    } catch (DicomException e) {
      established.abort(2, 0);
      end = e.getMessage();
    } catch (IOException | RuntimeException e) {
      LOG.error("Association {} broke off", established.id(), e);
      established.abort(2, 0);
      end = e.toString();
    }
    LOG.warn(
        "Association {} {} -> {} ended without release: {}",
        established.id(),
        established.remoteAe(),
        established.localAe(),
        end);
    listener.aborted(established, end);
  }

  private void handle(Association established, Association.Message message) throws IOException {
    int field = message.command().getInt(Tag.CommandField, -1);
    if ((field & CommandSet.RESPONSE) != 0) {
      throw new ProtocolException("Command " + Integer.toHexString(field) + " is no request", 0);
    }
    DimseService service = config.services.get(message.context().abstractSyntax());
    DimseOperation operation = DimseOperation.of(field);
    if (operation == DimseOperation.C_STORE) {
      CStoreService.answer(established, message, config.storeHandler);
    } else if (service != null && operation != null && operation != DimseOperation.C_ECHO) {
      serve(established, message, service, operation);
    } else {
      if (message.hasData()) {
        message.data().drain();
      }
      established.send(
          message.context().id(),
          CommandSet.response(message.command(), echo(established, operation)),
          null);
    }
  }

  private DimseStatus echo(Association established, DimseOperation operation) {
    if (operation != DimseOperation.C_ECHO) {
      return DimseStatus.of(
          DimseStatus.UNRECOGNIZED_OPERATION, "The operation is not served for this SOP class");
    }
    try {
      return config.echoHandler.echo(established);
    } catch (Exception e) {
      LOG.error("Association {}: C-ECHO failed", established.id(), e);
      return DimseStatus.of(DimseStatus.PROCESSING_FAILURE, "Processing failed; see server log");
    }
  }

  private void serve(
      Association established,
      Association.Message message,
      DimseService service,
      DimseOperation operation)
      throws IOException {
    DimseRequest request = null;
    DimseReply reply;
    try {
      Attributes dataset = Association.dataset(message);
      request =
          new DimseRequest(
              established, message, operation, dataset == null ? new Attributes() : dataset);
      reply = service.perform(request);
    } catch (Exception e) {
      reply = DimseReply.of(CStoreService.statusOf(established, message, e));
      if (message.hasData()) {
        message.data().drain();
      }
    }
    if (request == null) {
      request = new DimseRequest(established, message, operation, new Attributes());
    }
    request.reply(reply);
  }
}
