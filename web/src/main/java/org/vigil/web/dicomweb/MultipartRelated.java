package org.vigil.web.dicomweb;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.vigil.imaging.api.DicomWeb.Body;

/** Bodies one after the other as {@code multipart/related} (RFC 2387, PS3.18 §8.6.1.2). */
final class MultipartRelated implements StreamingOutput {
  private final String boundary = "vigil-" + UUID.randomUUID();
  private final List<Body> parts;

  MultipartRelated(List<Body> parts) {
    this.parts = parts;
  }

  /** The media type of the whole, whose {@code type} is that of the parts. */
  String contentType() {
    String first = parts.get(0).contentType();
    int parameters = first.indexOf(';');
    String type = parameters < 0 ? first : first.substring(0, parameters);
    return "multipart/related; type=\"" + type + "\"; boundary=" + boundary;
  }

  @Override
  public void write(OutputStream out) throws IOException, WebApplicationException {
    for (Body part : parts) {
      StringBuilder head = new StringBuilder(160);
      head.append("--").append(boundary).append("\r\nContent-Type: ").append(part.contentType());
      if (part.length() >= 0) {
        head.append("\r\nContent-Length: ").append(part.length());
      }
      head.append("\r\n\r\n");
      out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
      part.writer().writeTo(out);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
