package org.vigil.dicom.net;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

/** DIMSE command sets (PS3.7 §6.3, annex E): group 0000 in implicit VR little endian. */
final class CommandSet {

  static final int C_STORE_RQ = 0x0001;
  static final int C_ECHO_RQ = 0x0030;
  static final int C_CANCEL_RQ = 0x0FFF;
  static final int RESPONSE = 0x8000;

  /** Value of (0000,0800) where no data set follows. */
  static final int NO_DATA_SET = 0x0101;

  /** Value of (0000,0800) where one does. */
  static final int DATA_SET = 0x0001;

  private CommandSet() {}

  static Attributes cStoreRequest(int messageId, String sopClassUid, String sopInstanceUid) {
    Attributes command = request(C_STORE_RQ, messageId, sopClassUid, true);
    command.setInt(Tag.Priority, VR.US, 0);
    command.setString(Tag.AffectedSOPInstanceUID, VR.UI, sopInstanceUid);
    return command;
  }

  static Attributes cEchoRequest(int messageId, String sopClassUid) {
    return request(C_ECHO_RQ, messageId, sopClassUid, false);
  }

  /** A request; whether a data set follows is set when it is sent. */
  static Attributes request(DimseOperation operation, int messageId, String sopClass) {
    Attributes command = request(operation.field(), messageId, sopClass, false);
    if (operation.isOnRequested()) {
      command.remove(Tag.AffectedSOPClassUID);
      command.setString(Tag.RequestedSOPClassUID, VR.UI, sopClass);
    }
    return command;
  }

  /** C-CANCEL of a request (PS3.7 §9.3.2.3). */
  static Attributes cancel(int messageId) {
    Attributes command = new Attributes(4);
    command.setInt(Tag.CommandField, VR.US, C_CANCEL_RQ);
    command.setInt(Tag.MessageIDBeingRespondedTo, VR.US, messageId);
    command.setInt(Tag.CommandDataSetType, VR.US, NO_DATA_SET);
    return command;
  }

  private static Attributes request(int field, int messageId, String sopClass, boolean data) {
    Attributes command = new Attributes(8);
    command.setString(Tag.AffectedSOPClassUID, VR.UI, sopClass);
    command.setInt(Tag.CommandField, VR.US, field);
    command.setInt(Tag.MessageID, VR.US, messageId);
    command.setInt(Tag.CommandDataSetType, VR.US, data ? DATA_SET : NO_DATA_SET);
    return command;
  }

  static Attributes response(Attributes request, DimseStatus status) {
    Attributes command = new Attributes(10);
    copyUid(request, command, Tag.AffectedSOPClassUID, Tag.RequestedSOPClassUID);
    command.setInt(
        Tag.CommandField, VR.US, request.getInt(Tag.CommandField, 0) & 0x7FFF | RESPONSE);
    command.setInt(Tag.MessageIDBeingRespondedTo, VR.US, request.getInt(Tag.MessageID, 0));
    command.setInt(Tag.CommandDataSetType, VR.US, NO_DATA_SET);
    command.setInt(Tag.Status, VR.US, status.code());
    if (status.comment() != null && !status.comment().isBlank()) {
      command.setString(Tag.ErrorComment, VR.LO, comment(status.comment()));
    }
    copyUid(request, command, Tag.AffectedSOPInstanceUID, Tag.RequestedSOPInstanceUID);
    for (int type : new int[] {Tag.EventTypeID, Tag.ActionTypeID}) {
      if (request.contains(type)) {
        command.setInt(type, VR.US, request.getInt(type, 0));
      }
    }
    return command;
  }

  private static void copyUid(Attributes request, Attributes response, int affected, int other) {
    String uid = request.getString(affected, request.getString(other));
    if (uid != null) {
      response.setString(affected, VR.UI, uid);
    }
  }

  /** LO in the default repertoire: at most 64 printable characters without backslash. */
  private static String comment(String text) {
    String clean = text.replaceAll("[^ -~]", "?").replace('\\', '/').strip();
    return clean.length() <= 64 ? clean : clean.substring(0, 64);
  }

  static byte[] encode(Attributes command) throws IOException {
    int length = 12;
    int[] tags = command.tags();
    byte[][] values = new byte[tags.length][];
    for (int i = 0; i < tags.length; i++) {
      values[i] = command.getBytes(tags[i]);
      length += 8 + values[i].length + (values[i].length & 1);
    }
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) 0).putShort((short) 0).putInt(4).putInt(length - 12);
    for (int i = 0; i < tags.length; i++) {
      int padded = values[i].length + (values[i].length & 1);
      out.putShort((short) (tags[i] >>> 16)).putShort((short) tags[i]).putInt(padded);
      out.put(values[i]);
      if (padded > values[i].length) {
        out.put(command.getVR(tags[i]).padding());
      }
    }
    return out.array();
  }

  static Attributes decode(byte[] bytes, int length) throws ProtocolException {
    Attributes command = new Attributes(12);
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (in.hasRemaining()) {
        int tag = (in.getShort() & 0xFFFF) << 16 | in.getShort() & 0xFFFF;
        int valueLength = in.getInt();
        if (Tag.group(tag) != 0 || valueLength < 0 || valueLength > in.remaining()) {
          throw new ProtocolException(
              "The command set is malformed at element " + Tag.toString(tag), 6);
        }
        byte[] value = new byte[valueLength];
        in.get(value);
        if (tag != Tag.CommandGroupLength) {
          command.setBytes(tag, ElementDictionary.vrOf(tag), value);
        }
      }
    } catch (BufferUnderflowException e) {
      throw new ProtocolException("The command set ends inside an element", 6);
    }
    return command;
  }
}
