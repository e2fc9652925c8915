package org.vigil.imaging.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vigil.imaging.house.S3Server;
import org.vigil.kernel.VigilException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects longer than a part, on a real S3 server. */
class BucketUploadTest {
  private static final String BUCKET = "archive";
  private static final long PART = 5L << 20;

  @TempDir private static Path folder;
  private static S3Server server;
  private static S3Client s3;
  private static BucketShelf shelf;

  @BeforeAll
  static void open() {
    server = new S3Server(folder.resolve("s3"));
    server.start();
    server.createBucket(BUCKET);
    s3 =
        S3Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create(server.endpoint()))
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
            .build();
    shelf = new BucketShelf(s3, BUCKET, "vigil/st-agnes/", PART);
  }

  @AfterAll
  static void close() {
    if (s3 != null) {
      s3.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"12345, 1", "5242880, 1", "5242881, 2", "12582917, 3"})
  void anObjectIsWholeInAsManyPartsAsItNeeds(int length, int parts) throws IOException {
    String location = "cold/o" + length;
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path file = Files.write(folder.resolve("o" + length), bytes);

    shelf.take(location, file);

    try (InputStream in = Channels.newInputStream(shelf.at(location).open())) {
      assertThat(Arrays.equals(in.readAllBytes(), bytes)).isTrue();
    }
    String tag =
        s3.headObject(request -> request.bucket(BUCKET).key("vigil/st-agnes/" + location)).eTag();
    assertThat(tag.contains("-")).as(tag).isEqualTo(parts > 1);
    if (parts > 1) {
      assertThat(tag).endsWith("-" + parts + "\"");
    }
    assertThat(uploads()).isZero();
    shelf.remove(location);
  }

  @Test
  void whatBreaksInTheMiddleLeavesNeitherAnObjectNorParts() throws IOException {
    byte[] bytes = new byte[12 << 20];
    Ciphertext file = Ciphertext.of(Files.write(folder.resolve("broken"), bytes));
    AtomicInteger opened = new AtomicInteger();
    Ciphertext broken =
        new Ciphertext() {
          @Override
          public SeekableByteChannel open() throws IOException {
            if (opened.incrementAndGet() > 1) {
              assertThat(uploads()).isEqualTo(1);
              throw new IOException("the disk is gone");
            }
            return file.open();
          }

          @Override
          public long size() throws IOException {
            return file.size();
          }
        };

    assertThatThrownBy(() -> shelf.copy("cold/broken", broken)).isInstanceOf(Exception.class);

    assertThat(opened.get()).isGreaterThan(1);
    assertThatThrownBy(() -> shelf.at("cold/broken").size())
        .isInstanceOf(NoSuchFileException.class);
    assertThat(uploads()).isZero();
    assertThat(shelf.locations()).doesNotContain("cold/broken");
  }

  @Test
  void aServerThatIsGoneIsSaidToBe() throws IOException {
    Path file = Files.write(folder.resolve("late"), new byte[(int) PART + 1]);
    server.stop();
    try {
      assertThatThrownBy(() -> shelf.take("cold/late", file))
          .isInstanceOf(VigilException.class)
          .hasMessageContaining("IMAGING-0091");
    } finally {
      server.start();
    }
  }

  private static int uploads() {
    return s3.listMultipartUploads(request -> request.bucket(BUCKET)).uploads().size();
  }
}
