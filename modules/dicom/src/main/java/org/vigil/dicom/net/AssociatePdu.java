package org.vigil.dicom.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.Uids;

/**
 * The contents of A-ASSOCIATE-RQ and -AC (PS3.8 §9.3.2, §9.3.3, annex D; PS3.7 annex D.3.3).
 *
 * @param protocolVersion bit 0 is version 1
 * @param applicationContext UID of the application context name
 * @param contexts proposed, or answered (then without abstract syntax)
 * @param roles roles asked for or granted
 * @param maxPduLength longest P-DATA-TF the sender receives, 0 for any
 */
record AssociatePdu(
    int protocolVersion,
    String calledAe,
    String callingAe,
    String applicationContext,
    List<PresentationContext> contexts,
    List<Role> roles,
    long maxPduLength,
    String implementationClassUid,
    String implementationVersionName) {

  /** SCP/SCU role selection of one SOP class (PS3.7 §D.3.3.4). */
  record Role(String sopClassUid, boolean scu, boolean scp) {}

  /** An association request or answer of this implementation. */
  static AssociatePdu own(
      String calledAe,
      String callingAe,
      List<PresentationContext> contexts,
      List<Role> roles,
      long maxPduLength) {
    return new AssociatePdu(
        1,
        calledAe,
        callingAe,
        UID.DICOMApplicationContext,
        contexts,
        roles,
        maxPduLength,
        Uids.IMPLEMENTATION_CLASS_UID,
        Uids.IMPLEMENTATION_VERSION_NAME);
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
    ByteArrayOutputStream user = new ByteArrayOutputStream(128);
    item(user, 0x51, ByteBuffer.allocate(4).putInt((int) maxPduLength).array());
    item(user, 0x52, ascii(implementationClassUid));
    for (Role role : roles) {
      byte[] uid = ascii(role.sopClassUid);
      ByteBuffer content = ByteBuffer.allocate(uid.length + 4).putShort((short) uid.length);
      content.put(uid).put((byte) (role.scu ? 1 : 0)).put((byte) (role.scp ? 1 : 0));
      item(user, 0x54, content.array());
    }
    item(user, 0x55, ascii(implementationVersionName));
    item(body, 0x50, user.toByteArray());
    return body.toByteArray();
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

  static AssociatePdu decode(byte[] body) throws ProtocolException {
    if (body.length < 68) {
      throw new ProtocolException("A-ASSOCIATE has " + body.length + " bytes, 68 are needed", 6);
    }
    Decoder decoder = new Decoder();
    decoder.items(ByteBuffer.wrap(body, 68, body.length - 68));
    ByteBuffer head = ByteBuffer.wrap(body);
    return new AssociatePdu(
        head.getShort() & 0xFFFF,
        new String(body, 4, 16, StandardCharsets.US_ASCII).trim(),
        new String(body, 20, 16, StandardCharsets.US_ASCII).trim(),
        decoder.applicationContext,
        decoder.contexts,
        decoder.roles,
        decoder.maxPduLength,
        decoder.implementationClassUid,
        decoder.implementationVersionName);
  }

  private static final class Decoder {
    String applicationContext = "";
    final List<PresentationContext> contexts = new ArrayList<>();
    final List<Role> roles = new ArrayList<>();
    long maxPduLength;
    String implementationClassUid = "";
    String implementationVersionName = "";

    void items(ByteBuffer b) throws ProtocolException {
      while (b.hasRemaining()) {
        int type = typeOf(b);
        ByteBuffer content = content(b);
        switch (type) {
          case 0x10 -> applicationContext = uid(content);
          case 0x20 -> contexts.add(context(content, true));
          case 0x21 -> contexts.add(context(content, false));
          case 0x50 -> user(content);
          default -> {
            // Unknown items are ignored, as §9.3.1 asks.
          }
        }
      }
    }

    private static int typeOf(ByteBuffer b) throws ProtocolException {
      if (b.remaining() < 4) {
        throw new ProtocolException("A-ASSOCIATE ends inside an item header", 6);
      }
      int type = b.get() & 0xFF;
      b.get();
      return type;
    }

    private static ByteBuffer content(ByteBuffer b) throws ProtocolException {
      int length = b.getShort() & 0xFFFF;
      if (length > b.remaining()) {
        throw new ProtocolException(
            "An item of A-ASSOCIATE has " + length + " bytes, " + b.remaining() + " are left", 6);
      }
      ByteBuffer content = b.slice();
      content.limit(length);
      b.position(b.position() + length);
      return content;
    }

    private static String uid(ByteBuffer b) {
      byte[] bytes = new byte[b.remaining()];
      b.get(bytes);
      // Some peers pad UIDs with NUL although the item has its own length.
      return new String(bytes, StandardCharsets.US_ASCII).replace("\0", "").trim();
    }

    private static PresentationContext context(ByteBuffer b, boolean request)
        throws ProtocolException {
      if (b.remaining() < 4) {
        throw new ProtocolException("A presentation context is too short", 6);
      }
      int id = b.get() & 0xFF;
      b.get();
      int result = b.get() & 0xFF;
      b.get();
      if ((id & 1) == 0) {
        throw new ProtocolException("Presentation context id " + id + " is not odd", 6);
      }
      String abstractSyntax = "";
      List<String> syntaxes = new ArrayList<>(4);
      while (b.hasRemaining()) {
        int type = typeOf(b);
        ByteBuffer content = content(b);
        if (type == 0x30) {
          abstractSyntax = uid(content);
        } else if (type == 0x40) {
          syntaxes.add(uid(content));
        }
      }
      String answered = !request && result == 0 && !syntaxes.isEmpty() ? syntaxes.get(0) : null;
      return new PresentationContext(
          id, abstractSyntax, List.copyOf(syntaxes), request ? 0 : result, answered);
    }

    private void user(ByteBuffer b) throws ProtocolException {
      while (b.hasRemaining()) {
        int type = typeOf(b);
        ByteBuffer content = content(b);
        switch (type) {
          case 0x51 -> {
            if (content.remaining() != 4) {
              throw new ProtocolException("The maximum length item must have 4 bytes", 6);
            }
            maxPduLength = content.getInt() & 0xFFFFFFFFL;
          }
          case 0x52 -> implementationClassUid = uid(content);
          case 0x54 -> roles.add(role(content));
          case 0x55 -> implementationVersionName = uid(content);
          default -> {
            // Asynchronous operations, extended negotiation and user identity are not answered,
            // which refuses them (PS3.7 §D.3.3).
          }
        }
      }
    }

    private static Role role(ByteBuffer b) throws ProtocolException {
      int length = b.remaining() < 2 ? -1 : b.getShort() & 0xFFFF;
      if (length < 0 || b.remaining() < length + 2) {
        throw new ProtocolException("A role selection item is too short", 6);
      }
      byte[] uid = new byte[length];
      b.get(uid);
      return new Role(
          new String(uid, StandardCharsets.US_ASCII).replace("\0", "").trim(),
          b.get() == 1,
          b.get() == 1);
    }
  }
}
