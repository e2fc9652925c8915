package org.vigil.web.dicomweb;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vigil.imaging.api.DicomWeb;
import org.vigil.imaging.api.DicomWeb.StudySearch;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Permission;
import org.vigil.web.audit.AuditedReads;
import org.vigil.web.security.Allowed;
import org.vigil.web.security.StudyAccess;

/** Search for studies (QIDO-RS, PS3.18 §10.6). */
@Path("/studies")
@Produces({"application/dicom+json", "application/json"})
@Allowed(Permission.STUDY_VIEW)
public class SearchResource {
  private static final int LONGEST_PAGE = 1000;

  /** Query keys and the attribute each names, by keyword and by tag. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("0020000D", "StudyInstanceUID"),
          Map.entry("00100020", "PatientID"),
          Map.entry("00100010", "PatientName"),
          Map.entry("00080050", "AccessionNumber"),
          Map.entry("00080020", "StudyDate"),
          Map.entry("00080061", "ModalitiesInStudy"));

  @Inject private DicomWeb dicomWeb;
  @Inject private StudyAccess access;
  @Inject private AuditedReads reads;
  @Context private UriInfo uri;

  /** Studies; keys that are not indexed are refused rather than ignored. */
  @GET
  public byte[] studies(
      @QueryParam("limit") @DefaultValue("100") int limit,
      @QueryParam("offset") @DefaultValue("0") int offset) {
    Map<String, String> keys = keys();
    String date = keys.get("StudyDate");
    StudySearch search =
        new StudySearch(
            uids(keys.get("StudyInstanceUID")),
            keys.get("PatientID"),
            keys.get("PatientName"),
            keys.get("AccessionNumber"),
            bound(date, true),
            bound(date, false),
            keys.get("ModalitiesInStudy"),
            access.only(Permission.STUDY_VIEW).orElse(null),
            Math.max(0, offset),
            Math.max(1, Math.min(limit, LONGEST_PAGE)));
    String base = Base.of(uri);
    return reads.always(
        Action.STUDIES_SEARCHED,
        () -> dicomWeb.searchStudies(search, base),
        (event, found) ->
            event
                .about(null, search.patientId())
                .with(Map.of("keys", String.join(", ", keys.keySet()))));
  }

  private Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    for (Map.Entry<String, List<String>> entry : uri.getQueryParameters().entrySet()) {
      String key = KEYS.getOrDefault(entry.getKey(), entry.getKey());
      if (KEYS.containsValue(key)) {
        keys.put(key, entry.getValue().get(0));
      } else if (!Set.of("limit", "offset", "includefield", "fuzzymatching").contains(key)) {
        throw malformed(key, "is not a search key here");
      }
    }
    return keys;
  }

  private static Set<StudyInstanceUid> uids(String value) {
    return value == null || value.isEmpty()
        ? Set.of()
        : java.util.Arrays.stream(value.split("[,\\\\]"))
            .map(StudyInstanceUid::of)
            .collect(Collectors.toSet());
  }

  /** One end of {@code 20261101}, {@code 20261101-}, {@code -20261130} or a range of both. */
  private static LocalDate bound(String range, boolean first) {
    if (range == null || range.isEmpty()) {
      return null;
    }
    int dash = range.indexOf('-');
    String end = dash < 0 ? range : first ? range.substring(0, dash) : range.substring(dash + 1);
    if (end.isEmpty()) {
      return null;
    }
    try {
      return LocalDate.parse(end, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      throw malformed("StudyDate", "is not a date or range such as 20261101-20261130");
    }
  }

  private static VigilException malformed(String field, String problem) {
    return new VigilException(
        ErrorCode.KERNEL_0003,
        Map.of("field", field.replaceAll("[^A-Za-z0-9.]", "?"), "problem", problem));
  }
}
