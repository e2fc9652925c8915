package org.vigil.imaging.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
  public static final String ACCESS_KEY = "vigil-test";
  public static final String SECRET_KEY = "not-a-secret-of-anybody";

  private final Path folder;
  private final int port;
  private S3Proxy proxy;

  public S3Server(Path folder) {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

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
