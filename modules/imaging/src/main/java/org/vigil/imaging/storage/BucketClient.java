package org.vigil.imaging.storage;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.InstallationSecrets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The client of the S3 server that the settings name; one for all tenants. */
final class BucketClient {
  private static final String ENDPOINT = "vigil.imaging.s3.endpoint";
  private static final String ACCESS_KEY = "vigil.imaging.s3.access-key";
  private static final String SECRET_KEY = "vigil.imaging.s3.secret-key";
  private static final String PART_BYTES = "vigil.imaging.s3.part-bytes";
  private static final long STANDARD_PART = 128L << 20;
  private static final long SHORTEST_PART = 5L << 20;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(30);

  private BucketClient() {}

  /**
   * Opens the client; nothing is asked of the server yet.
   *
   * @throws VigilException IMAGING-0092 when the settings contradict each other
   */
  static S3Client open(Config config, InstallationSecrets secrets) {
    Optional<String> endpoint = config.getOptionalValue(ENDPOINT, String.class);
    boolean pathStyle =
        config
            .getOptionalValue("vigil.imaging.s3.path-style", Boolean.class)
            .orElse(endpoint.isPresent());
    String region =
        config.getOptionalValue("vigil.imaging.s3.region", String.class).orElse("us-east-1");
    // What is read is authenticated chunk by chunk, what is written is read back: the SDK's own
    // checksums would only keep servers out that do not know them.
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(SILENCE_TIMEOUT)
                    .build())
            .region(Region.of(region))
            .credentialsProvider(credentials(secrets))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .forcePathStyle(pathStyle);
    endpoint.ifPresent(uri -> builder.endpointOverride(address(uri)));
    return builder.build();
  }

  /**
   * How long the parts are in which longer objects are sent.
   *
   * @throws VigilException IMAGING-0092 when S3 does not know parts of such a length
   */
  static long partBytes(Config config) {
    long bytes = config.getOptionalValue(PART_BYTES, Long.class).orElse(STANDARD_PART);
    if (bytes < SHORTEST_PART || bytes > BucketUpload.LONGEST_PART) {
      throw new VigilException(
          ErrorCode.IMAGING_0092,
          Map.of("setting", PART_BYTES, "problem", "not between 5 MiB and 5 GiB"));
    }
    return bytes;
  }

  private static URI address(String endpoint) {
    try {
      URI uri = URI.create(endpoint);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new VigilException(
        ErrorCode.IMAGING_0092, Map.of("setting", ENDPOINT, "problem", "not an http(s) address"));
  }

  /** Keys of the credential store, else what the SDK finds (environment, instance, profile). */
  private static AwsCredentialsProvider credentials(InstallationSecrets secrets) {
    Optional<String> accessKey = secrets.find(ACCESS_KEY);
    Optional<String> secretKey = secrets.find(SECRET_KEY);
    if (accessKey.isPresent() != secretKey.isPresent()) {
      throw new VigilException(
          ErrorCode.IMAGING_0092,
          Map.of(
              "setting",
              ACCESS_KEY + ", " + SECRET_KEY,
              "problem",
              "only one of both is in the credential store"));
    }
    return accessKey.isPresent()
        ? StaticCredentialsProvider.create(
            AwsBasicCredentials.create(accessKey.get(), secretKey.get()))
        : DefaultCredentialsProvider.builder().build();
  }
}
