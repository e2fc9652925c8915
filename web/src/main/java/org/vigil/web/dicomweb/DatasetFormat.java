package org.vigil.web.dicomweb;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The media type in which data sets are answered (PS3.18 §8.7.5): DICOM JSON (annex F) unless the
 * Native DICOM Model (PS3.19 annex A) is asked for.
 *
 * @param contentType of a single data set, or of a JSON array
 */
record DatasetFormat(boolean isXml, String contentType) {
  static final String JSON = "application/dicom+json";
  static final String XML = "application/dicom+xml";

  /** The query parameter that overrides the Accept header (PS3.18 §8.3.3.1). */
  static final String PARAMETER = "accept";

  private static final String PLAIN_JSON = "application/json";

  /**
   * How to answer with any number of data sets; XML documents are parts of {@code
   * multipart/related}.
   *
   * @throws NotAcceptableException where neither is acceptable
   */
  static DatasetFormat ofMany(HttpHeaders headers, UriInfo uri) {
    return of(headers, uri, false);
  }

  /** How to answer with exactly one, whose XML may also come alone. */
  static DatasetFormat ofOne(HttpHeaders headers, UriInfo uri) {
    return of(headers, uri, true);
  }

  private static DatasetFormat of(HttpHeaders headers, UriInfo uri, boolean alone) {
    for (MediaType type : acceptable(headers, uri)) {
      String name = (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
      switch (name) {
        case "*/*", "application/*", JSON -> {
          return new DatasetFormat(false, JSON);
        }
        case PLAIN_JSON -> {
          return new DatasetFormat(false, PLAIN_JSON);
        }
        case XML -> {
          if (alone) {
            return new DatasetFormat(true, XML);
          }
        }
        case "multipart/*", "multipart/related" -> {
          if (XML.equalsIgnoreCase(type.getParameters().getOrDefault("type", XML))) {
            return new DatasetFormat(true, XML);
          }
        }
        default -> {
          // Another may do.
        }
      }
    }
    throw new NotAcceptableException();
  }

  /** The most wanted first. */
  private static List<MediaType> acceptable(HttpHeaders headers, UriInfo uri) {
    String asked = uri.getQueryParameters().getFirst(PARAMETER);
    if (asked == null) {
      return headers.getAcceptableMediaTypes().stream().filter(type -> quality(type) > 0).toList();
    }
    try {
      return Arrays.stream(asked.split(","))
          .map(MediaType::valueOf)
          .filter(type -> quality(type) > 0)
          .sorted(Comparator.comparingDouble(DatasetFormat::quality).reversed())
          .toList();
    } catch (IllegalArgumentException e) {
      throw new NotAcceptableException(e);
    }
  }

  private static double quality(MediaType type) {
    try {
      return Double.parseDouble(type.getParameters().getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
