package org.vigil.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vigil.cli.CommandFailure;
import org.vigil.cli.ExitCode;

/**
 * What the server says of itself (MicroProfile Health, readiness) on the management port.
 *
 * @param answered whether there was an answer at all
 * @param up whether every check is up
 * @param down names of the checks that are down, with their data
 */
public record Health(boolean answered, boolean up, List<String> down) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_DATA = 120;
  private static final Health SILENT = new Health(false, false, List.of());

  /**
   * Asks the server.
   *
   * @param managementPort port on 127.0.0.1
   */
  public static Health ask(int managementPort) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return parse(response.body());
    } catch (IOException e) {
      // Nobody listens yet, or the answer was no JSON: not ready.
      return SILENT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "interrupted", e);
    }
  }

  /**
   * Whether the deployment has failed, so that waiting longer is useless (WildFly's own check
   * "deployments-status").
   */
  public boolean deploymentFailed() {
    return down.stream()
        .anyMatch(check -> check.startsWith("deployments-status") && check.contains("FAILED"));
  }

  /** Reads the server's answer. */
  static Health parse(String body) throws IOException {
    JsonNode answer = JSON.readTree(body);
    if (answer == null || !answer.has("status")) {
      return SILENT;
    }
    List<String> down = new ArrayList<>();
    for (JsonNode check : answer.path("checks")) {
      if (!"UP".equals(check.path("status").asText())) {
        JsonNode data = check.path("data");
        String told = data.isMissingNode() ? "" : " " + data;
        down.add(
            check.path("name").asText()
                + (told.length() > LONGEST_DATA ? told.substring(0, LONGEST_DATA) + " …" : told));
      }
    }
    return new Health(true, "UP".equals(answer.path("status").asText()), down);
  }
}
