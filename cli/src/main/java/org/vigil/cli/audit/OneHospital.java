package org.vigil.cli.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.vigil.cli.client.ApiClient;
import org.vigil.cli.client.TokenSigner;
import org.vigil.cli.server.HomeOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose trail a command asks the server about, as that hospital's compliance officer. */
final class OneHospital {
  private static final Duration LIFE = Duration.ofMinutes(5);

  @Mixin private HomeOption home;

  @Option(names = "--tenant", paramLabel = "ID", required = true, description = "The hospital.")
  private String tenant;

  ApiClient client() {
    return ApiClient.withToken(
        home.home(),
        new TokenSigner(home.home(), Clock.systemUTC())
            .sign("vigil-cli", tenant, List.of("COMPLIANCE_OFFICER"), LIFE));
  }
}
