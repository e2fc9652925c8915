package org.vigil.dicom.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.io.DicomWriter;
import org.vigil.dicom.net.AssociatePdu.Negotiation;

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

  /** Identifiers and attribute lists are small; instances never come this way. */
  private static final int MAX_DATASET = 16 * 1024 * 1024;

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
  private final Negotiation granted;
  private final Set<Integer> cancelled = new HashSet<>();
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
      long responseMillis,
      Negotiation granted) {
    this.channel = channel;
    this.granted = granted;
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
    return open(remote, proposed, AssociationOptions.NONE);
  }

  /** The same, negotiating more than presentation contexts. */
  public static Association open(
      RemoteAe remote, List<PresentationContext> proposed, AssociationOptions options)
      throws IOException {
    return new AssociationRequestor(remote, proposed, options).open();
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

  /** An accepted context of a SOP class in whatever transfer syntax, or null. */
  public PresentationContext acceptedContext(String sopClassUid) {
    for (PresentationContext context : contexts.values()) {
      if (context.isAccepted() && context.abstractSyntax().equals(sopClassUid)) {
        return context;
      }
    }
    return null;
  }

  /** Requests that may be sent before the first is answered, at least 1 (PS3.7 §D.3.3.3). */
  public int operationsInvoked() {
    if (granted.operations() == null) {
      return 1;
    }
    int window = requestor ? granted.operations().invoked() : granted.operations().performed();
    return window == 0 ? Integer.MAX_VALUE : window;
  }

  /** Whether the requestor is SCP of a SOP class too (PS3.7 §D.3.3.4). */
  public boolean requestorIsScp(String sopClassUid) {
    return granted.roles().stream().anyMatch(r -> r.scp() && r.sopClassUid().equals(sopClassUid));
  }

  /** What the acceptor answered about the user's identity; null where it did not. */
  public byte[] identityResponse() {
    return granted.identityResponse() == null ? null : granted.identityResponse().clone();
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

  /** Sends a command with a data set, encoded as the context's transfer syntax says, or none. */
  void send(PresentationContext context, Attributes command, Attributes data) throws IOException {
    command.setInt(
        Tag.CommandDataSetType, VR.US, data == null ? CommandSet.NO_DATA_SET : CommandSet.DATA_SET);
    send(
        context.id(),
        command,
        data == null ? null : out -> DicomWriter.writeDataset(out, data, context.transferSyntax()));
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

  /** A response (PS3.7 §9.1, §10.1) with its data set, if it has one. */
  record Response(DimseStatus status, Attributes command, Attributes dataset) {}

  /** The next message, over cancels of requests that are answered here. */
  Message receiveOther() throws IOException {
    while (true) {
      Message message = receive();
      if (message == null
          || message.command().getInt(Tag.CommandField, 0) != CommandSet.C_CANCEL_RQ) {
        return message;
      }
      cancelled.add(message.command().getInt(Tag.MessageIDBeingRespondedTo, -1));
    }
  }

  /**
   * Whether the peer wants a request of its own to end; looks at what has arrived, and does not
   * wait.
   */
  boolean isCancelled(int messageId) throws IOException {
    while (!cancelled.contains(messageId) && channel.hasArrived()) {
      Message message = receive();
      if (message == null
          || message.command().getInt(Tag.CommandField, 0) != CommandSet.C_CANCEL_RQ) {
        throw new ProtocolException("Only C-CANCEL may come before the response", 2);
      }
      cancelled.add(message.command().getInt(Tag.MessageIDBeingRespondedTo, -1));
    }
    return cancelled.contains(messageId);
  }

  /** Reads the data set of a message into memory. */
  static Attributes dataset(Message message) throws IOException {
    if (!message.hasData()) {
      return null;
    }
    byte[] bytes = message.data().readBounded(MAX_DATASET);
    message.data().drain();
    return DicomReader.readDataset(
        new ByteArrayInputStream(bytes), message.context().transferSyntax());
  }

  /** Waits for a response to one of these messages. */
  Response receiveResponse(Set<Integer> messageIds) throws IOException {
    Message message = receiveOther();
    if (message == null) {
      throw new DicomException(
          DicomError.ASSOCIATION_ABORTED, "The peer released instead of answering");
    }
    return response(message, messageIds);
  }

  static Response response(Message message, Set<Integer> messageIds) throws IOException {
    Attributes command = message.command();
    int answered = command.getInt(Tag.MessageIDBeingRespondedTo, -1);
    if ((command.getInt(Tag.CommandField, 0) & CommandSet.RESPONSE) == 0
        || !messageIds.contains(answered)) {
      throw new ProtocolException(
          "Response to message " + answered + ", expected one to " + messageIds, 0);
    }
    return new Response(
        new DimseStatus(
            command.getInt(Tag.Status, DimseStatus.PROCESSING_FAILURE),
            command.getString(Tag.ErrorComment)),
        command,
        dataset(message));
  }

  /** What is done on an association; where it fails, the association is aborted. */
  @FunctionalInterface
  interface Conversation<T> {
    T hold() throws IOException;
  }

  <T> T aborting(Conversation<T> conversation) throws IOException {
    try {
      return conversation.hold();
    } catch (ProtocolException e) {
      abort(2, e.abortReason());
      throw e;
    } catch (IOException e) {
      // Data could not be read to its end, perhaps: the peer must not take the torso for the whole.
      abort(0, 0);
      throw e;
    }
  }

  /** Sends a request as SCU and waits for its response. */
  Response request(PresentationContext context, Attributes command, DataWriter data)
      throws IOException {
    return aborting(
        () -> {
          send(context.id(), command, data);
          return receiveResponse(Set.of(command.getInt(Tag.MessageID, 0)));
        });
  }

  /** C-ECHO (PS3.7 §9.1.5); returns the peer's status. */
  public DimseStatus echo() throws IOException {
    PresentationContext context = acceptedContext(UID.Verification, UID.ImplicitVRLittleEndian);
    if (context == null) {
      throw new DicomException(
          DicomError.NO_PRESENTATION_CONTEXT, "The peer did not accept the Verification SOP class");
    }
    return request(context, CommandSet.cEchoRequest(nextMessageId(), UID.Verification), null)
        .status();
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
