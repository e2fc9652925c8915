package org.vigil.web.dicomweb;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.io.BulkDataReferences;
import org.vigil.dicom.io.DicomJson;
import org.vigil.dicom.io.DicomJsonReader;
import org.vigil.dicom.io.DicomXml;
import org.vigil.dicom.io.DicomXmlReader;
import org.vigil.imaging.api.DicomWeb.Body;
import org.vigil.imaging.api.SearchMatches;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;

/** Data sets as bodies: DICOM JSON (PS3.18 annex F) or the Native DICOM Model (PS3.19 annex A). */
final class DatasetBody {
  private static final int LONGEST = 1 << 20;

  /** Workitems hold no bulk data; what is referred to elsewhere is left out. */
  private static final BulkDataReferences NONE = (dataset, tag, vr, uri) -> {};

  private DatasetBody() {}

  /**
   * The one data set of a request.
   *
   * @param needed whether an empty body is refused; else it is an empty data set
   * @throws VigilException IMAGING-0023 for another type, IMAGING-0020 for what is none
   */
  static Attributes read(HttpHeaders headers, InputStream body, boolean needed) throws IOException {
    byte[] bytes = body.readNBytes(LONGEST + 1);
    if (bytes.length == 0 && !needed) {
      return new Attributes();
    }
    String type = type(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
    if (bytes.length > LONGEST) {
      throw malformed("it is longer than a mebibyte", null);
    }
    StringReader text = new StringReader(new String(bytes, StandardCharsets.UTF_8));
    try {
      return type.equals(DatasetFormat.XML)
          ? DicomXmlReader.read(text, NONE)
          : DicomJsonReader.read(text, NONE);
    } catch (DicomException e) {
      throw malformed(e.getMessage(), e);
    }
  }

  private static String type(String contentType) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case DatasetFormat.JSON, "application/json" -> DatasetFormat.JSON;
      case DatasetFormat.XML -> DatasetFormat.XML;
      default -> throw new VigilException(ErrorCode.IMAGING_0023);
    };
  }

  private static VigilException malformed(String problem, Exception cause) {
    return new VigilException(ErrorCode.IMAGING_0020, Map.of("problem", problem), cause);
  }

  /** One data set. */
  static Response single(DatasetFormat format, Attributes dataset) {
    return format.isXml()
        ? Response.ok(xml(dataset), format.contentType()).build()
        : many(format, List.of(dataset)).build();
  }

  /**
   * A page of a search, with the warnings that belong to it.
   *
   * @param service its base URI
   */
  static Response page(
      DatasetFormat format, SearchQuery query, SearchMatches found, String service) {
    Response.ResponseBuilder response = many(format, found.page());
    query.warnings(found, service).forEach(warning -> response.header("Warning", warning));
    return response.build();
  }

  /** Any number of data sets; XML has no parts where there is none, so that is no content. */
  private static Response.ResponseBuilder many(DatasetFormat format, List<Attributes> datasets) {
    if (!format.isXml()) {
      return Response.ok(json(datasets), format.contentType());
    }
    if (datasets.isEmpty()) {
      return Response.noContent();
    }
    MultipartRelated parts =
        new MultipartRelated(datasets.stream().map(DatasetBody::xmlPart).toList());
    return Response.ok(parts).header(HttpHeaders.CONTENT_TYPE, parts.contentType());
  }

  private static Body xmlPart(Attributes dataset) {
    byte[] document = xml(dataset);
    return new Body(DatasetFormat.XML, "", document.length, out -> out.write(document));
  }

  private static byte[] xml(Attributes dataset) {
    try {
      return bytes(DicomXml.toXml(dataset, (path, length) -> null));
    } catch (IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "DICOM XML"), e);
    }
  }

  private static byte[] json(List<Attributes> datasets) {
    StringBuilder json = new StringBuilder("[");
    try {
      for (int i = 0; i < datasets.size(); i++) {
        json.append(i == 0 ? "" : ",");
        DicomJson.write(datasets.get(i), json, (path, length) -> null);
      }
    } catch (IOException e) {
      throw new VigilException(ErrorCode.KERNEL_0001, Map.of("step", "DICOM JSON"), e);
    }
    return bytes(json.append(']').toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
