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
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.web.MultipartReader;
import org.vigil.dicom.web.MultipartReader.Part;
import org.vigil.imaging.api.StudyUploads;
import org.vigil.imaging.api.StudyUploads.Answer;
import org.vigil.imaging.api.StudyUploads.Upload;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.web.security.CurrentUser;

/**
 * The Store transaction (STOW-RS, PS3.18 §10.5). Nothing of a body is kept in memory or in the
 * clear on disk.
 */
@RequestScoped
public class StoreTransaction {
  private static final String DICOM = "application/dicom";
  private static final String RELATED = "multipart/related";
  private static final String FORM = "multipart/form-data";
  private static final String XML = "application/dicom+xml";
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
        storeParts(upload, MultipartReader.of(contentType, body));
      }
      return answer(upload.answer(Base.of(uri)), headers.getHeaderString(HttpHeaders.ACCEPT));
    }
  }

  private static void storeParts(Upload upload, MultipartReader body) throws IOException {
    int parts = 0;
    try {
      for (Part part = body.next(); part != null; part = body.next()) {
        parts++;
        if (isDicom(part.mediaType())) {
          upload.add(part.content());
        } else {
          upload.refuse();
        }
      }
    } catch (DicomException e) {
      throw new VigilException(ErrorCode.IMAGING_0020, Map.of("problem", e.getMessage()), e);
    }
    if (parts == 0) {
      throw new VigilException(ErrorCode.IMAGING_0020, Map.of("problem", "it holds no part"));
    }
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

  /** Browsers know no better of a .dcm file than that it is binary. */
  private static boolean isDicom(String type) {
    return type.equals(DICOM) || type.equals("application/octet-stream");
  }

  /** PS3.18 table 10.5.3-1: all stored, some, none. */
  private static Response answer(Answer answer, String accept) {
    boolean xml = accept != null && accept.contains(XML);
    Response.ResponseBuilder response =
        Response.status(status(answer))
            .type(xml ? XML : "application/dicom+json")
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
