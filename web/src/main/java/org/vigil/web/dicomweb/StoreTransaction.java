package org.vigil.web.dicomweb;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.web.MultipartReader;
import org.vigil.dicom.web.MultipartReader.Part;
import org.vigil.imaging.api.StudyUploads;
import org.vigil.imaging.api.StudyUploads.Answer;
import org.vigil.imaging.api.StudyUploads.Upload;
import org.vigil.imaging.api.StudyUploads.Value;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.web.security.CurrentUser;

/**
 * The Store transaction (STOW-RS, PS3.18 §10.5). But for metadata, nothing of a body is kept in
 * memory, and nothing in the clear on disk.
 */
@RequestScoped
public class StoreTransaction {
  private static final String DICOM = "application/dicom";
  private static final String RELATED = "multipart/related";
  private static final String FORM = "multipart/form-data";
  private static final String JSON = DatasetFormat.JSON;
  private static final String XML = DatasetFormat.XML;
  private static final String OCTETS = "application/octet-stream";
  private static final Pattern METADATA =
      Pattern.compile("(?i);\\s*type\\s*=\\s*\"?application/dicom\\+(json|xml)");
  private static final int RETRY_AFTER_SECONDS = 60;

  @Inject private StudyUploads uploads;
  @Inject private CurrentUser user;

  /**
   * Stores what a body holds.
   *
   * @param only objects of another study are refused; null for none
   * @throws VigilException IMAGING-0020, IMAGING-0023
   * @throws IOException when the sender breaks off; what was stored stays
   */
  Response perform(StudyInstanceUid only, HttpHeaders headers, UriInfo uri, InputStream body)
      throws IOException {
    String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    String type = type(contentType);
    try (Upload upload = uploads.begin(only, user.actor())) {
      if (type.equals(DICOM)) {
        upload.add(body);
      } else {
        storeParts(upload, holdsMetadata(contentType), MultipartReader.of(contentType, body));
      }
      return answer(upload.answer(Base.of(uri)), headers.getHeaderString(HttpHeaders.ACCEPT));
    }
  }

  /**
   * Stores what the parts hold.
   *
   * @param apart whether parts that are neither objects nor metadata are values of metadata
   */
  private static void storeParts(Upload upload, boolean apart, MultipartReader body)
      throws IOException {
    int parts = 0;
    boolean described = apart;
    try {
      for (Part part = body.next(); part != null; part = body.next()) {
        parts++;
        switch (part.mediaType()) {
          case DICOM -> upload.add(part.content());
          case JSON, XML -> {
            upload.describe(part.content(), part.mediaType().equals(XML));
            described = true;
          }
          default -> other(upload, described, part);
        }
      }
    } catch (DicomException e) {
      throw new VigilException(ErrorCode.IMAGING_0020, Map.of("problem", e.getMessage()), e);
    }
    if (parts == 0) {
      throw new VigilException(ErrorCode.IMAGING_0020, Map.of("problem", "it holds no part"));
    }
    if (described) {
      upload.join();
    }
  }

  private static void other(Upload upload, boolean described, Part part) throws IOException {
    if (described) {
      upload.keep(
          new Value(part.location(), part.mediaType(), part.transferSyntaxUid(), part.content()));
    } else if (part.mediaType().equals(OCTETS)) {
      // Browsers know no better of a .dcm file than that it is binary.
      upload.add(part.content());
    } else {
      upload.refuse();
    }
  }

  /** By the type of the first part, which the Content-Type repeats (RFC 2387 §3.1). */
  private static boolean holdsMetadata(String contentType) {
    return METADATA.matcher(contentType).find();
  }

  /** Judged here and not by the resource's annotations, so that rights are looked at first. */
  private static String type(String contentType) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!Set.of(DICOM, RELATED, FORM).contains(type)) {
      throw new VigilException(ErrorCode.IMAGING_0023);
    }
    return type;
  }

  /** PS3.18 table 10.5.3-1: all stored, some, none. */
  private static Response answer(Answer answer, String accept) {
    boolean xml = accept != null && accept.contains(XML);
    Response.ResponseBuilder response =
        Response.status(status(answer))
            .type(xml ? XML : JSON)
            .entity(xml ? answer.xml() : answer.json());
    if (answer.storageFull()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.build();
  }

  private static Response.Status status(Answer answer) {
    if (answer.failed() == 0) {
      return Response.Status.OK;
    }
    if (answer.stored() > 0) {
      return Response.Status.ACCEPTED;
    }
    return answer.storageFull() ? Response.Status.SERVICE_UNAVAILABLE : Response.Status.CONFLICT;
  }
}
