package org.vigil.web.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** The parts of a multipart body, read as they arrive (RFC 2046 §5.1). */
final class MultipartBody {
  /** No bound but the server's on a body: lines mean nothing in binary parts. */
  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxContentLen(-1)
          .setMaxHeaderCount(50)
          .setMaxHeaderLen(10_000)
          .build();

  private final MimeTokenStream tokens = new MimeTokenStream(CONFIG);

  private MultipartBody() {}

  /**
   * Opens a body.
   *
   * @param contentType of the request, with the boundary
   */
  static MultipartBody of(String contentType, InputStream body) {
    MultipartBody multipart = new MultipartBody();
    multipart.tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    multipart.tokens.parseHeadless(body, contentType);
    return multipart;
  }

  /** What is done with a part. */
  @FunctionalInterface
  interface PartHandler {
    /**
     * Takes a part.
     *
     * @param type media type without parameters, lower case; {@code application/octet-stream} where
     *     the part names none
     * @param content binary, valid until this returns
     */
    void take(String type, InputStream content) throws IOException;
  }

  /**
   * Hands on one part after the other.
   *
   * @throws VigilException IMAGING-0020 when the body is no multipart of this boundary or holds no
   *     part
   */
  void forEach(PartHandler handler) throws IOException {
    int parts = 0;
    boolean multipart = false;
    try {
      for (EntityState state = tokens.getState();
          state != EntityState.T_END_OF_STREAM;
          state = tokens.next()) {
        multipart |= state == EntityState.T_START_MULTIPART;
        if (multipart && state == EntityState.T_BODY) {
          handler.take(type(), tokens.getInputStream());
          parts++;
        }
      }
    } catch (MimeException | MimeIOException e) {
      throw malformed("it is no multipart body of the boundary that its Content-Type names", e);
    }
    if (parts == 0) {
      throw malformed("it holds no part", null);
    }
  }

  private String type() {
    String type = tokens.getBodyDescriptor().getMimeType();
    // What the parser says of a part that names none.
    return "text/plain".equals(type) ? "application/octet-stream" : type;
  }

  private static VigilException malformed(String problem, Exception cause) {
    return new VigilException(ErrorCode.IMAGING_0020, Map.of("problem", problem), cause);
  }
}
