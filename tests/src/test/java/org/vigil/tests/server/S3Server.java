package org.vigil.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A server that speaks S3 and checks signatures, over a folder; on a port of the loopback. */
public final class S3Server implements AutoCloseable {
  /** Its only user. */
  public static final String ACCESS_KEY = "vigil-test";

  /** That user's key. */
  public static final String SECRET_KEY = "not-a-secret-of-anybody";

  private final Path folder;
  private final int port;
  private S3Proxy proxy;

  /** One that is not started yet. */
  public S3Server(Path folder) {
    this.folder = folder;
    this.port = VigilServer.freePorts(1).get(0);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its address. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Lets it listen. */
  public void start() {
    try {
      proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(folder.toString()))
              .endpoint(URI.create(endpoint()))
              .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
              .build();
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Refuses connections until it is started again; what it holds stays. */
  public void stop() {
    if (proxy != null) {
      try {
        proxy.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      proxy = null;
    }
  }

  /** Makes a bucket. */
  public void createBucket(String name) {
    try {
      Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files in which a bucket's objects lie. */
  public List<Path> files(String bucket) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(bucket))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
