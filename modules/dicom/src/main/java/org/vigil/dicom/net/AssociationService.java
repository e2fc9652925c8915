package org.vigil.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.UID;

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
            certificates());
    AssociationDecision decision = decide(asked, request);
    if (!decision.isAccepted()) {
      reject(channel, request, decision.rejection());
      return null;
    }
    List<PresentationContext> negotiated = new ArrayList<>(asked.contexts().size());
    asked.contexts().forEach(context -> negotiated.add(negotiate(context)));
    List<AssociatePdu.Role> roles =
        asked.roles().stream()
            .map(role -> new AssociatePdu.Role(role.sopClassUid(), role.scu(), false))
            .toList();
    channel.send(
        PduChannel.ASSOCIATE_AC,
        AssociatePdu.own(
                asked.calledAe(), asked.callingAe(), negotiated, roles, config.maxPduLength)
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
        config.idleMillis);
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

  private PresentationContext negotiate(PresentationContext proposed) {
    String sopClass = proposed.abstractSyntax();
    boolean verification = UID.Verification.equals(sopClass);
    if (!verification && (config.storeHandler == null || !UID.isStorage(sopClass))) {
      return proposed.refused(PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    }
    String chosen = null;
    boolean sopClassKnown = verification;
    for (String syntax : proposed.transferSyntaxes()) {
      boolean possible =
          verification
              ? TransferSyntax.isKnown(syntax) && TransferSyntax.of(syntax).isNative()
              : config.storageAccepted.test(sopClass, syntax);
      sopClassKnown |= possible;
      // The proposer's order counts, but a VR that is written down beats one that is guessed.
      if (possible
          && (chosen == null
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

  // --- conversation -----------------------------------------------------------------------------

  private void converse(Association established) {
    AssociationListener listener =
        config.storeHandler == null ? new AssociationListener() {} : config.storeHandler;
    String end;
    try {
      listener.opened(established);
      Association.Message message;
      while ((message = established.receive()) != null) {
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
    if (field == CommandSet.C_CANCEL_RQ) {
      // Nothing here runs long enough to be cancelled; a cancel has no response.
      return;
    }
    if ((field & CommandSet.RESPONSE) != 0) {
      throw new ProtocolException("Command " + Integer.toHexString(field) + " is no request", 0);
    }
    DimseStatus status;
    try {
      status = perform(established, message, field);
    } catch (Exception e) {
      if (message.hasData() && message.data().failure() != null) {
        throw message.data().failure();
      }
      LOG.error("Association {}: request {} failed", established.id(), field, e);
      status =
          e instanceof DicomException d
                  && d.error().ordinal() < DicomError.ASSOCIATION_REJECTED.ordinal()
              ? DimseStatus.of(DimseStatus.CANNOT_UNDERSTAND, d.getMessage())
              : DimseStatus.of(DimseStatus.PROCESSING_FAILURE, "Processing failed; see server log");
    }
    if (message.hasData()) {
      message.data().drain();
    }
    established.send(message.context().id(), CommandSet.response(message.command(), status), null);
  }

  private DimseStatus perform(Association established, Association.Message message, int field)
      throws Exception {
    if (field == CommandSet.C_ECHO_RQ) {
      return config.echoHandler.echo(established);
    }
    if (field != CommandSet.C_STORE_RQ) {
      return DimseStatus.of(
          DimseStatus.UNRECOGNIZED_OPERATION, "Only C-ECHO and C-STORE are served here");
    }
    CStoreRequest request =
        new CStoreRequest(established, message.command(), message.context(), message.data());
    if (config.storeHandler == null
        || !message.context().abstractSyntax().equals(request.sopClassUid())) {
      return DimseStatus.of(
          DimseStatus.SOP_CLASS_NOT_SUPPORTED,
          "Affected SOP Class is not that of the presentation context");
    }
    if (!message.hasData() || request.sopInstanceUid() == null) {
      return DimseStatus.of(
          DimseStatus.CANNOT_UNDERSTAND, "C-STORE without data set or SOP Instance UID");
    }
    return config.storeHandler.store(request);
  }
}
