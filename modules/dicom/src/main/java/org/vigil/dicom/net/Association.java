package org.vigil.dicom.net;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;

/**
 * An established association (PS3.8 §7): who talks to whom, in which presentation contexts, and the
 * exchange of DIMSE messages, one operation at a time.
 *
 * <p>An association belongs to one thread; only {@link #abort} may be called from another.
 */
public final class Association implements AutoCloseable {

  /** Longest P-DATA-TF sent and received unless told otherwise, in bytes without header. */
  public static final int MAX_PDU_LENGTH = 128 * 1024;

  private static final int MAX_COMMAND = 64 * 1024;
  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final PduChannel channel;
  private final String localAe;
  private final AssociationRequest request;
  private final boolean requestor;
  private final Map<Integer, PresentationContext> contexts = new HashMap<>();
  private final Object attachment;
  private final int maxPduLength;
  private final long responseMillis;
  private int lastMessageId;
  private volatile boolean open = true;

  Association(
      PduChannel channel,
      AssociationRequest request,
      boolean requestor,
      List<PresentationContext> negotiated,
      long peerMaxPdu,
      int ownMaxPdu,
      Object attachment,
      long responseMillis) {
    this.channel = channel;
    this.request = request;
    this.requestor = requestor;
    this.localAe = requestor ? request.callingAe() : request.calledAe();
    this.attachment = attachment;
    this.responseMillis = responseMillis;
    negotiated.forEach(context -> contexts.put(context.id(), context));
    long most = peerMaxPdu == 0 ? ownMaxPdu : Math.min(peerMaxPdu, ownMaxPdu);
    maxPduLength = (int) Math.max(most, 128) & ~1;
    channel.outputPduLength(maxPduLength);
  }

  /**
   * Opens an association as requestor.
   *
   * @param proposed 1 to 128 presentation contexts
   * @throws AssociationRejectedException if the peer refuses
   * @throws DicomException if it cannot be reached, does not answer in time, or aborts
   */
  public static Association open(RemoteAe remote, List<PresentationContext> proposed)
      throws IOException {
    Socket socket = connect(remote);
    PduChannel channel = null;
    try {
      channel = new PduChannel(socket, remote.maxPduLength());
      channel.idleTimeout(remote.responseTimeout().toMillis());
      channel.send(
          PduChannel.ASSOCIATE_RQ,
          AssociatePdu.own(
                  remote.calledAe(), remote.callingAe(), proposed, List.of(), remote.maxPduLength())
              .encode(true));
      channel.deadline(remote.responseTimeout().toMillis());
      int type = channel.nextPdu();
      byte[] body = channel.body();
      switch (type) {
        case PduChannel.ASSOCIATE_AC -> {
          return established(remote, proposed, channel, socket, AssociatePdu.decode(body));
        }
        case PduChannel.ASSOCIATE_RJ -> {
          if (body.length < 4) {
            throw new ProtocolException("A-ASSOCIATE-RJ is too short", 6);
          }
          throw new AssociationRejectedException(body[1], body[2], body[3]);
        }
        case PduChannel.ABORT -> throw abortedBy(body);
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

  private static Socket connect(RemoteAe remote) throws IOException {
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

  private static Association established(
      RemoteAe remote,
      List<PresentationContext> proposed,
      PduChannel channel,
      Socket socket,
      AssociatePdu answer)
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
            List.of());
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
        responseMillis);
  }

  // --- who and what -----------------------------------------------------------------------------

  /** A number for logs, unique in this process. */
  public long id() {
    return id;
  }

  /** AE title of this side. */
  public String localAe() {
    return localAe;
  }

  /** AE title of the peer. */
  public String remoteAe() {
    return requestor ? request.calledAe() : request.callingAe();
  }

  /** Address of the peer. */
  public InetSocketAddress remoteAddress() {
    return request.remoteAddress();
  }

  /** What was asked for when the association was opened. */
  public AssociationRequest request() {
    return request;
  }

  /** What the acceptor attached ({@link AssociationDecision#accept(Object)}); else null. */
  public Object attachment() {
    return attachment;
  }

  /** The negotiated presentation contexts, refused ones included. */
  public List<PresentationContext> presentationContexts() {
    return List.copyOf(contexts.values());
  }

  /** An accepted context of a SOP class and transfer syntax, or null. */
  public PresentationContext acceptedContext(String sopClassUid, String transferSyntaxUid) {
    for (PresentationContext context : contexts.values()) {
      if (context.isAccepted()
          && context.abstractSyntax().equals(sopClassUid)
          && context.transferSyntax().equals(transferSyntaxUid)) {
        return context;
      }
    }
    return null;
  }

  PresentationContext context(int contextId) {
    return contexts.get(contextId);
  }

  // --- messages ---------------------------------------------------------------------------------

  /** What is sent after a command. */
  @FunctionalInterface
  interface DataWriter {
    void writeTo(PdvOutputStream out) throws IOException;
  }

  /** A command that arrived; its data set, if any, must be read before the next message. */
  record Message(PresentationContext context, Attributes command, PdvInputStream data) {
    boolean hasData() {
      return data != null;
    }
  }

  int nextMessageId() {
    lastMessageId = lastMessageId % 0xFFFF + 1;
    return lastMessageId;
  }

  void send(int contextId, Attributes command, DataWriter data) throws IOException {
    try (PdvOutputStream out = new PdvOutputStream(channel, contextId, true, maxPduLength)) {
      out.write(CommandSet.encode(command));
    }
    if (data != null) {
      try (PdvOutputStream out = new PdvOutputStream(channel, contextId, false, maxPduLength)) {
        data.writeTo(out);
      }
    }
    channel.flush();
  }

  /**
   * Waits for the next command.
   *
   * @return the message, or null when the peer asked for release
   */
  Message receive() throws IOException {
    int type = channel.nextPdu();
    switch (type) {
      case PduChannel.P_DATA_TF -> {
        PdvInputStream commandStream = new PdvInputStream(channel, true, 0);
        commandStream.begin(channel.nextPdv());
        byte[] bytes = commandStream.readBounded(MAX_COMMAND);
        Attributes command = CommandSet.decode(bytes, bytes.length);
        PresentationContext context = contexts.get(commandStream.contextId());
        if (context == null || !context.isAccepted()) {
          throw new ProtocolException(
              "Presentation context " + commandStream.contextId() + " was not accepted", 6);
        }
        boolean hasData =
            command.getInt(Tag.CommandDataSetType, CommandSet.NO_DATA_SET)
                != CommandSet.NO_DATA_SET;
        return new Message(
            context, command, hasData ? new PdvInputStream(channel, false, context.id()) : null);
      }
      case PduChannel.RELEASE_RQ -> {
        channel.body();
        return null;
      }
      case PduChannel.ABORT -> throw abortedBy(channel.body());
      default -> throw new ProtocolException("PDU of type " + type + " was not expected", 2);
    }
  }

  private Attributes receiveResponse(int messageId) throws IOException {
    Message message = receive();
    if (message == null) {
      throw new DicomException(
          DicomError.ASSOCIATION_ABORTED, "The peer released instead of answering");
    }
    if (message.hasData()) {
      message.data().drain();
    }
    int answered = message.command().getInt(Tag.MessageIDBeingRespondedTo, -1);
    if (answered != messageId) {
      throw new ProtocolException(
          "Response to message " + answered + ", expected one to " + messageId, 0);
    }
    return message.command();
  }

  /** Sends a request as SCU and waits for its response. */
  DimseStatus request(PresentationContext context, Attributes command, DataWriter data)
      throws IOException {
    try {
      send(context.id(), command, data);
      Attributes response = receiveResponse(command.getInt(Tag.MessageID, 0));
      return new DimseStatus(
          response.getInt(Tag.Status, DimseStatus.PROCESSING_FAILURE),
          response.getString(Tag.ErrorComment));
    } catch (ProtocolException e) {
      abort(2, e.abortReason());
      throw e;
    } catch (DicomException e) {
      abort(0, 0);
      throw e;
    } catch (IOException e) {
      // The data could not be read to its end: the peer must not take the torso for the whole.
      abort(0, 0);
      throw e;
    }
  }

  /** C-ECHO (PS3.7 §9.1.5); returns the peer's status. */
  public DimseStatus echo() throws IOException {
    PresentationContext context = acceptedContext(UID.Verification, UID.ImplicitVRLittleEndian);
    if (context == null) {
      throw new DicomException(
          DicomError.NO_PRESENTATION_CONTEXT, "The peer did not accept the Verification SOP class");
    }
    return request(context, CommandSet.cEchoRequest(nextMessageId(), UID.Verification), null);
  }

  // --- end --------------------------------------------------------------------------------------

  static DicomException abortedBy(byte[] body) {
    String who = body.length > 2 && body[2] == 2 ? "service provider" : "service user";
    String why = body.length > 3 ? ", reason " + (body[3] & 0xFF) : "";
    return new DicomException(
        DicomError.ASSOCIATION_ABORTED, "The peer aborted the association (" + who + why + ")");
  }

  PduChannel channel() {
    return channel;
  }

  /** Whether it was neither released nor aborted. */
  public boolean isOpen() {
    return open;
  }

  /** Ends the association at once with A-ABORT; safe from any thread, and more than once. */
  public void abort() {
    abort(0, 0);
  }

  void abort(int source, int reason) {
    if (open) {
      open = false;
      try {
        channel.sendAbort(source, reason);
      } catch (IOException e) {
        // The connection is gone already, which is what an abort is for.
        DicomServer.LOG.debug("Association {}: A-ABORT could not be sent", id, e);
      } finally {
        closeChannel();
      }
    }
  }

  /** Answers A-RELEASE-RQ and waits for the peer to close. */
  void confirmRelease(long artimMillis) {
    open = false;
    try {
      channel.send(PduChannel.RELEASE_RP, new byte[4]);
      channel.awaitClose(artimMillis);
    } catch (IOException e) {
      // The release is valid once asked for; what the peer does afterwards does not matter.
      DicomServer.LOG.debug("Association {}: peer did not await A-RELEASE-RP", id, e);
    } finally {
      closeChannel();
    }
  }

  void closeChannel() {
    open = false;
    try {
      channel.close();
    } catch (IOException e) {
      DicomServer.LOG.debug("Association {}: connection did not close", id, e);
    }
  }

  /**
   * Releases the association (PS3.8 §7.2). Does nothing when it is no longer open.
   *
   * @throws DicomException if the peer does not confirm in time; everything answered before is
   *     valid all the same
   */
  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    try {
      channel.deadline(responseMillis);
      channel.send(PduChannel.RELEASE_RQ, new byte[4]);
      while (true) {
        int type = channel.nextPdu();
        if (type == PduChannel.RELEASE_RP) {
          channel.body();
          return;
        }
        if (type == PduChannel.RELEASE_RQ) {
          // Both asked at once: the requestor answers first (PS3.8 §9.2, AR-8 and AR-9).
          channel.body();
          channel.send(PduChannel.RELEASE_RP, new byte[4]);
        } else if (type == PduChannel.ABORT) {
          throw abortedBy(channel.body());
        } else if (type == PduChannel.P_DATA_TF) {
          PdvInputStream late = null;
          while (channel.pduHasMore()) {
            PduChannel.Pdv pdv = channel.nextPdv();
            late = new PdvInputStream(channel, pdv.command(), pdv.contextId());
            late.begin(new PduChannel.Pdv(pdv.contextId(), pdv.command(), true, pdv.length()));
            late.transferTo(OutputStream.nullOutputStream());
          }
        } else {
          throw new ProtocolException("PDU of type " + type + " instead of A-RELEASE-RP", 2);
        }
      }
    } finally {
      closeChannel();
    }
  }
}
