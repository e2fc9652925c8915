package org.vigil.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;
import org.vigil.cli.client.ApiClient;

/** The few calls of Vigil's REST interface that the demo makes, as its users make them. */
public final class VigilApi {
  private final ObjectMapper json = new ObjectMapper();
  private final ApiClient client;

  public VigilApi(ApiClient client) {
    this.client = client;
  }

  public void createTenant(Map<String, Object> tenant) {
    client.send("POST", "platform/tenants", tenant);
  }

  public List<Line> worklist() throws IOException {
    JsonNode body = get("worklist?includeRead=true");
    return json.convertValue(
        body.get("entries"), json.getTypeFactory().constructCollectionType(List.class, Line.class));
  }

  public JsonNode nightSummary() throws IOException {
    return get("night-summary");
  }

  /** Reads a resource; a server that is away for the moment is an {@link IOException}. */
  private JsonNode get(String path) throws IOException {
    try {
      return client.get(path);
    } catch (CommandFailure e) {
      if (e.exitCode() == ExitCode.NOT_RUNNING || e.getMessage().contains("was answered 5")) {
        throw new IOException(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** A line of the worklist, as far as the demo shows it. */
  @com.fasterxml.jackson.annotation.JsonIgnoreProperties(ignoreUnknown = true)
  public record Line(
      int position,
      int arrivalPosition,
      String studyInstanceUid,
      String accessionNumber,
      String patientName,
      String modality,
      String studyDescription,
      String lastImageAt,
      String rankedAt,
      String severity,
      String aiStatus,
      String aiNotRunReason,
      String matchStatus,
      Top topFinding) {}

  /** The finding that ranks a study. */
  public record Top(String label, double confidence) {}
}
