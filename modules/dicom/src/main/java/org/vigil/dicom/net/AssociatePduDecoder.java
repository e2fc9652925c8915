package org.vigil.dicom.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vigil.dicom.net.AssociatePdu.Negotiation;
import org.vigil.dicom.net.AssociatePdu.Operations;
import org.vigil.dicom.net.AssociatePdu.Role;

/** Reads A-ASSOCIATE-RQ and -AC. */
final class AssociatePduDecoder {
  private static final int FIXED = 68;

  private String applicationContext = "";
  private final List<PresentationContext> contexts = new ArrayList<>();
  private final List<Role> roles = new ArrayList<>();
  private final Map<String, byte[]> extended = new LinkedHashMap<>();
  private Operations operations;
  private UserIdentity identity;
  private byte[] identityResponse;
  private long maxPduLength;
  private String implementationClassUid = "";
  private String implementationVersionName = "";

  private AssociatePduDecoder() {}

  static AssociatePdu decode(byte[] body) throws ProtocolException {
    if (body.length < FIXED) {
      throw new ProtocolException(
          "A-ASSOCIATE has " + body.length + " bytes, " + FIXED + " are needed", 6);
    }
    AssociatePduDecoder decoder = new AssociatePduDecoder();
    decoder.items(ByteBuffer.wrap(body, FIXED, body.length - FIXED));
    return new AssociatePdu(
        ByteBuffer.wrap(body).getShort() & 0xFFFF,
        new String(body, 4, 16, StandardCharsets.US_ASCII).trim(),
        new String(body, 20, 16, StandardCharsets.US_ASCII).trim(),
        decoder.applicationContext,
        decoder.contexts,
        decoder.maxPduLength,
        decoder.implementationClassUid,
        decoder.implementationVersionName,
        new Negotiation(
            decoder.roles,
            decoder.operations,
            decoder.extended,
            decoder.identity,
            decoder.identityResponse));
  }

  private void items(ByteBuffer b) throws ProtocolException {
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

  /** A field with its length before it. */
  private static byte[] field(ByteBuffer b, String what) throws ProtocolException {
    int length = b.remaining() < 2 ? Integer.MAX_VALUE : b.getShort() & 0xFFFF;
    if (b.remaining() < length) {
      throw new ProtocolException("The " + what + " item is too short", 6);
    }
    byte[] bytes = new byte[length];
    b.get(bytes);
    return bytes;
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
          requireFour(content, "maximum length");
          maxPduLength = content.getInt() & 0xFFFFFFFFL;
        }
        case 0x52 -> implementationClassUid = uid(content);
        case 0x53 -> {
          requireFour(content, "asynchronous operations window");
          operations = new Operations(content.getShort() & 0xFFFF, content.getShort() & 0xFFFF);
        }
        case 0x54 -> roles.add(role(content));
        case 0x55 -> implementationVersionName = uid(content);
        case 0x56 -> {
          String sopClass = uid(ByteBuffer.wrap(field(content, "extended negotiation")));
          byte[] information = new byte[content.remaining()];
          content.get(information);
          extended.put(sopClass, information);
        }
        case 0x58 -> identity = identity(content);
        case 0x59 -> identityResponse = field(content, "user identity response");
        default -> {
          // Common extended negotiation and what is unknown are not answered (PS3.7 §D.3.3).
        }
      }
    }
  }

  private static void requireFour(ByteBuffer content, String what) throws ProtocolException {
    if (content.remaining() != 4) {
      throw new ProtocolException("The " + what + " item must have 4 bytes", 6);
    }
  }

  private static Role role(ByteBuffer b) throws ProtocolException {
    byte[] uid = field(b, "role selection");
    if (b.remaining() < 2) {
      throw new ProtocolException("A role selection item is too short", 6);
    }
    return new Role(uid(ByteBuffer.wrap(uid)), b.get() == 1, b.get() == 1);
  }

  private static UserIdentity identity(ByteBuffer b) throws ProtocolException {
    if (b.remaining() < 2) {
      throw new ProtocolException("The user identity item is too short", 6);
    }
    int number = b.get() & 0xFF;
    boolean responseRequested = b.get() == 1;
    if (number < 1 || number > UserIdentity.Type.values().length) {
      throw new ProtocolException("User identity type " + number + " is unknown", 6);
    }
    return new UserIdentity(
        UserIdentity.Type.values()[number - 1],
        field(b, "user identity"),
        field(b, "user identity"),
        responseRequested);
  }
}
