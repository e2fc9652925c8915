package org.vigil.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.net.AssociatePdu.Negotiation;
import org.vigil.dicom.net.AssociatePdu.Operations;
import org.vigil.dicom.net.AssociatePdu.Role;

/** Connects to a peer and asks it for an association (PS3.8 §7.1). */
final class AssociationRequestor {
  private final RemoteAe remote;
  private final List<PresentationContext> proposed;
  private final AssociationOptions options;

  AssociationRequestor(
      RemoteAe remote, List<PresentationContext> proposed, AssociationOptions options) {
    this.remote = remote;
    this.proposed = proposed;
    this.options = options;
  }

  Association open() throws IOException {
    Socket socket = connect();
    PduChannel channel = null;
    try {
      channel = new PduChannel(socket, remote.maxPduLength());
      channel.idleTimeout(remote.responseTimeout().toMillis());
      channel.send(
          PduChannel.ASSOCIATE_RQ,
          AssociatePdu.own(
                  remote.calledAe(), remote.callingAe(), proposed, remote.maxPduLength(), wanted())
              .encode(true));
      channel.deadline(remote.responseTimeout().toMillis());
      int type = channel.nextPdu();
      byte[] body = channel.body();
      switch (type) {
        case PduChannel.ASSOCIATE_AC -> {
          return established(channel, socket, AssociatePdu.decode(body));
        }
        case PduChannel.ASSOCIATE_RJ -> {
          if (body.length < 4) {
            throw new ProtocolException("A-ASSOCIATE-RJ is too short", 6);
          }
          throw new AssociationRejectedException(body[1], body[2], body[3]);
        }
        case PduChannel.ABORT -> throw Association.abortedBy(body);
        default ->
            throw new ProtocolException(
                "PDU of type " + type + " instead of an answer to A-ASSOCIATE-RQ", 2);
      }
    } catch (ProtocolException e) {
      channel.sendAbort(2, e.abortReason());
      socket.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      int timeout = (int) remote.connectTimeout().toMillis();
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(remote.host(), remote.port()), timeout);
      if (remote.tls() == null) {
        return socket;
      }
      SSLSocket tls =
          (SSLSocket)
              remote
                  .tls()
                  .getSocketFactory()
                  .createSocket(socket, remote.host(), remote.port(), true);
      tls.setEnabledProtocols(DicomServer.tlsProtocols(tls.getSupportedProtocols()));
      if (remote.tlsParameters() != null) {
        tls.setSSLParameters(remote.tlsParameters());
      }
      tls.setSoTimeout(timeout);
      tls.startHandshake();
      return tls;
    } catch (SocketTimeoutException e) {
      socket.close();
      throw new DicomException(
          DicomError.PEER_TIMEOUT, remote + " did not answer the connection in time", e);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw new DicomException(
          DicomError.PEER_UNREACHABLE, remote + " cannot be reached: " + e.getMessage(), e);
    }
  }

  private Negotiation wanted() {
    List<Role> roles =
        options.scpRoles().stream().sorted().map(uid -> new Role(uid, true, true)).toList();
    return new Negotiation(
        roles,
        options.operationsInvoked() == 1 ? null : new Operations(options.operationsInvoked(), 1),
        options.extended(),
        options.identity(),
        null);
  }

  private Association established(PduChannel channel, Socket socket, AssociatePdu answer)
      throws IOException {
    Map<Integer, PresentationContext> byId = new HashMap<>();
    answer.contexts().forEach(context -> byId.put(context.id(), context));
    List<PresentationContext> negotiated = new ArrayList<>(proposed.size());
    for (PresentationContext context : proposed) {
      PresentationContext answered = byId.get(context.id());
      if (answered == null) {
        negotiated.add(context.refused(PresentationContext.ABSTRACT_SYNTAX_NOT_SUPPORTED));
      } else if (answered.isAccepted()) {
        negotiated.add(context.accepted(answered.transferSyntax()));
      } else {
        negotiated.add(context.refused(Math.max(1, answered.result())));
      }
    }
    AssociationRequest request =
        new AssociationRequest(
            remote.calledAe(),
            remote.callingAe(),
            (InetSocketAddress) socket.getRemoteSocketAddress(),
            proposed,
            remote.maxPduLength(),
            answer.implementationClassUid(),
            answer.implementationVersionName(),
            List.of(),
            options.identity(),
            options.extended());
    long responseMillis = remote.responseTimeout().toMillis();
    channel.idleTimeout(responseMillis);
    return new Association(
        channel,
        request,
        true,
        negotiated,
        answer.maxPduLength(),
        remote.maxPduLength(),
        null,
        responseMillis,
        answer.negotiation());
  }
}
