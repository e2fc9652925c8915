package org.vigil.dicom.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;

/**
 * The contents of A-ASSOCIATE-RQ and -AC (PS3.8 §9.3.2, §9.3.3, annex D).
 *
 * @param protocolVersion bit 0 is version 1
 * @param applicationContext UID of the application context name
 * @param contexts proposed, or answered (then without abstract syntax)
 * @param maxPduLength longest P-DATA-TF the sender receives, 0 for any
 * @param negotiation what else is asked for or granted
 */
record AssociatePdu(
    int protocolVersion,
    String calledAe,
    String callingAe,
    String applicationContext,
    List<PresentationContext> contexts,
    long maxPduLength,
    String implementationClassUid,
    String implementationVersionName,
    Negotiation negotiation) {

  /** SCP/SCU role selection of one SOP class (PS3.7 §D.3.3.4). */
  record Role(String sopClassUid, boolean scu, boolean scp) {}

  /** Asynchronous operations window (PS3.7 §D.3.3.3); 0 is unlimited. */
  record Operations(int invoked, int performed) {}

  /**
   * What may be negotiated besides presentation contexts (PS3.7 §D.3.3).
   *
   * @param operations null where the item is absent, which means one at a time
   * @param identity of a request, or null
   * @param identityResponse of an answer, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, not compared
  record Negotiation(
      List<Role> roles,
      Operations operations,
      Map<String, byte[]> extended,
      UserIdentity identity,
      byte[] identityResponse) {
    static final Negotiation NONE = new Negotiation(List.of(), null, Map.of(), null, null);
  }

  /** An association request or answer of this implementation. */
  static AssociatePdu own(
      String calledAe,
      String callingAe,
      List<PresentationContext> contexts,
      long maxPduLength,
      Negotiation negotiation) {
    return new AssociatePdu(
        1,
        calledAe,
        callingAe,
        UID.DICOMApplicationContext,
        contexts,
        maxPduLength,
        Uids.IMPLEMENTATION_CLASS_UID,
        Uids.IMPLEMENTATION_VERSION_NAME,
        negotiation);
  }

  static AssociatePdu decode(byte[] body) throws ProtocolException {
    return AssociatePduDecoder.decode(body);
  }

  byte[] encode(boolean request) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
    body.write(0);
    body.write(protocolVersion);
    body.write(0);
    body.write(0);
    writeTitle(body, calledAe);
    writeTitle(body, callingAe);
    body.writeBytes(new byte[32]);
    item(body, 0x10, ascii(applicationContext));
    for (PresentationContext context : contexts) {
      ByteArrayOutputStream content = new ByteArrayOutputStream(256);
      content.write(context.id());
      content.write(0);
      content.write(request ? 0 : context.result());
      content.write(0);
      if (request) {
        item(content, 0x30, ascii(context.abstractSyntax()));
        context.transferSyntaxes().forEach(syntax -> item(content, 0x40, ascii(syntax)));
      } else {
        // A refused context carries a transfer syntax too; it is not significant (§9.3.3.2).
        String syntax = context.transferSyntax();
        item(content, 0x40, ascii(syntax == null ? UID.ImplicitVRLittleEndian : syntax));
      }
      item(body, request ? 0x20 : 0x21, content.toByteArray());
    }
    item(body, 0x50, userInformation());
    return body.toByteArray();
  }

  private byte[] userInformation() {
    ByteArrayOutputStream user = new ByteArrayOutputStream(128);
    item(user, 0x51, ByteBuffer.allocate(4).putInt((int) maxPduLength).array());
    item(user, 0x52, ascii(implementationClassUid));
    Operations operations = negotiation.operations();
    if (operations != null) {
      ByteBuffer window = ByteBuffer.allocate(4).putShort((short) operations.invoked());
      item(user, 0x53, window.putShort((short) operations.performed()).array());
    }
    for (Role role : negotiation.roles()) {
      byte[] uid = ascii(role.sopClassUid());
      ByteBuffer content = ByteBuffer.allocate(uid.length + 4).putShort((short) uid.length);
      content.put(uid).put((byte) (role.scu() ? 1 : 0)).put((byte) (role.scp() ? 1 : 0));
      item(user, 0x54, content.array());
    }
    item(user, 0x55, ascii(implementationVersionName));
    negotiation
        .extended()
        .forEach(
            (sopClass, information) -> {
              byte[] uid = ascii(sopClass);
              ByteBuffer content = ByteBuffer.allocate(2 + uid.length + information.length);
              content.putShort((short) uid.length).put(uid).put(information);
              item(user, 0x56, content.array());
            });
    UserIdentity identity = negotiation.identity();
    if (identity != null) {
      int length = identity.primary().length + identity.secondary().length + 6;
      ByteBuffer content = ByteBuffer.allocate(length);
      content.put((byte) identity.type().number());
      content.put((byte) (identity.responseRequested() ? 1 : 0));
      content.putShort((short) identity.primary().length).put(identity.primary());
      content.putShort((short) identity.secondary().length).put(identity.secondary());
      item(user, 0x58, content.array());
    }
    byte[] response = negotiation.identityResponse();
    if (response != null) {
      ByteBuffer content = ByteBuffer.allocate(2 + response.length);
      item(user, 0x59, content.putShort((short) response.length).put(response).array());
    }
    return user.toByteArray();
  }

  private static void writeTitle(ByteArrayOutputStream out, String title) {
    byte[] padded = String.format("%-16s", title).getBytes(StandardCharsets.US_ASCII);
    out.write(padded, 0, 16);
  }

  private static void item(ByteArrayOutputStream out, int type, byte[] content) {
    out.write(type);
    out.write(0);
    out.write(content.length >>> 8);
    out.write(content.length);
    out.writeBytes(content);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
