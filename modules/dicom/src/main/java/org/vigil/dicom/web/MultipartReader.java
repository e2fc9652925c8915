package org.vigil.dicom.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;

/**
 * The parts of a multipart body one after the other, as they arrive (RFC 2046 §5.1, PS3.18 §8.6.1):
 * a part of any size costs a buffer. Used by one thread; the stream is the caller's to close.
 */
public final class MultipartReader {
  /** Lines mean nothing in binary parts, and a body ends where its closing boundary is. */
  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxContentLen(-1)
          .setMaxHeaderCount(50)
          .setMaxHeaderLen(8 * 1024)
          .setStrictParsing(true)
          .build();

  private static final Pattern TRANSFER_SYNTAX =
      Pattern.compile("(?i);\\s*transfer-syntax\\s*=\\s*\"?([0-9.]{1,64})");

  private final MimeTokenStream tokens;
  private EntityState state;
  private boolean multipart;
  private String location;
  private String transferSyntax;

  private MultipartReader(MimeTokenStream tokens) {
    this.tokens = tokens;
  }

  /**
   * Opens a body; nothing is read yet.
   *
   * @param contentType of the message, with the boundary
   * @throws DicomException if it is no multipart type with a boundary
   */
  public static MultipartReader of(String contentType, InputStream body) throws DicomException {
    MimeTokenStream tokens = new MimeTokenStream(CONFIG);
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    try {
      tokens.parseHeadless(body, contentType);
    } catch (IllegalArgumentException e) {
      throw malformed("The message names no Content-Type", e);
    }
    return new MultipartReader(tokens);
  }

  /**
   * The next part; what was left of the one before is skipped.
   *
   * @return null after the last
   * @throws DicomException if the body is no multipart of its boundary or ends before the closing
   *     one
   */
  public Part next() throws IOException {
    try {
      do {
        state = state == null ? tokens.getState() : tokens.next();
        multipart |= state == EntityState.T_START_MULTIPART;
        if (state == EntityState.T_START_HEADER) {
          location = null;
          transferSyntax = null;
        } else if (state == EntityState.T_FIELD) {
          field(tokens.getField());
        } else if (multipart && state == EntityState.T_BODY) {
          return new Part(
              mediaType(), transferSyntax, location, new Content(tokens.getInputStream()));
        }
      } while (state != EntityState.T_END_OF_STREAM);
    } catch (MimeException | MimeIOException e) {
      throw malformed("The body is not what its Content-Type says, or ends too early", e);
    }
    if (!multipart) {
      throw malformed("The body is no multipart body, or its boundary is missing", null);
    }
    return null;
  }

  /** Tells of a body that ends inside a part in the toolkit's own words. */
  private static final class Content extends FilterInputStream {
    Content(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (MimeIOException e) {
        throw malformed("The body ends inside a part", e);
      }
    }
  }

  private void field(Field field) {
    if (field.getName().equalsIgnoreCase("Content-Location")) {
      location = field.getBody().replaceAll("\\s", "");
    } else if (field.getName().equalsIgnoreCase("Content-Type")) {
      Matcher parameter = TRANSFER_SYNTAX.matcher(field.getBody());
      transferSyntax = parameter.find() ? parameter.group(1) : null;
    }
  }

  private String mediaType() {
    String type = tokens.getBodyDescriptor().getMimeType();
    // What the parser says of a part that names none.
    return "text/plain".equals(type) ? "application/octet-stream" : type;
  }

  private static DicomException malformed(String problem, Exception cause) {
    return new DicomException(DicomError.MALFORMED, problem, cause);
  }

  /**
   * A part.
   *
   * @param mediaType without parameters, lower case; {@code application/octet-stream} where the
   *     part names none
   * @param transferSyntaxUid parameter of the media type, or null
   * @param location Content-Location, or null
   * @param content valid until the next part is asked for; reading throws {@link DicomException}
   *     where the body ends inside the part
   */
  public record Part(
      String mediaType, String transferSyntaxUid, String location, InputStream content) {}
}
