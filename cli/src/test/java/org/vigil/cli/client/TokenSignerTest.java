package org.vigil.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vigil.cli.server.VigilHome;

class TokenSignerTest {

  private static final Instant NOW = Instant.parse("2026-11-22T02:17:00Z");

  @TempDir private Path directory;

  @Test
  void signsWhatTheServerVerifies() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    VigilHome home = new VigilHome(directory);
    home.create();
    VigilHome.writeSecret(
        home.jwtPrivateKey(),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");

    String token =
        new TokenSigner(home, Clock.fixed(NOW, ZoneOffset.UTC))
            .sign("reader", "st-agnes", List.of("RADIOLOGIST"), Duration.ofMinutes(5));

    String[] parts = token.split("\\.", -1);
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(pair.getPublic());
    verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.path("iss").asText()).isEqualTo("vigil");
    assertThat(claims.path("aud").asText()).isEqualTo("vigil-api");
    assertThat(claims.path("tenant").asText()).isEqualTo("st-agnes");
    assertThat(claims.path("groups").get(0).asText()).isEqualTo("RADIOLOGIST");
    assertThat(claims.path("exp").asLong()).isEqualTo(NOW.plusSeconds(300).getEpochSecond());
  }
}
