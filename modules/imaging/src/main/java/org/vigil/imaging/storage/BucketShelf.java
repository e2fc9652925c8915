package org.vigil.imaging.storage;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A shelf in a bucket of a server that speaks S3. An object appears whole or not at all, and is
 * durable when the server has answered.
 *
 * @param prefix before the location in an object's key; the tenant's own, ends with a slash
 * @param partBytes longer objects are sent in parts
 */
record BucketShelf(S3Client s3, String bucket, String prefix, long partBytes) implements Shelf {
  private static final int NOT_FOUND = 404;

  @Override
  public Ciphertext at(String location) {
    String key = prefix + location;
    return new Ciphertext() {
      @Override
      public SeekableByteChannel open() throws IOException {
        return new BucketChannel(BucketShelf.this, key);
      }

      @Override
      public long size() throws IOException {
        return head(key).contentLength();
      }
    };
  }

  @Override
  public void take(String location, Path file) throws IOException {
    copy(location, Ciphertext.of(file));
  }

  @Override
  public void force(String location) {
    // The server's answer said so.
  }

  @Override
  public void copy(String location, Ciphertext from) throws IOException {
    try {
      new BucketUpload(s3, bucket, prefix + location, partBytes).send(from);
    } catch (SdkException e) {
      throw unanswered(e);
    }
  }

  @Override
  public void remove(String location) {
    delete(prefix + location);
  }

  private void delete(String key) {
    answered(() -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
  }

  @Override
  public Stream<String> locations() {
    return keys().map(key -> key.substring(prefix.length()));
  }

  private Stream<String> keys() {
    return answered(
        () ->
            s3
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList()
                .stream());
  }

  @Override
  public Optional<Instant> writtenAt(String location) throws IOException {
    try {
      return Optional.of(head(prefix + location).lastModified());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void removeAll() {
    keys().forEach(this::delete);
  }

  private HeadObjectResponse head(String key) throws NoSuchFileException {
    return found(key, () -> s3.headObject(request -> request.bucket(bucket).key(key)));
  }

  /** What the server answers about an object that may be missing. */
  static <T> T found(String key, Supplier<T> question) throws NoSuchFileException {
    try {
      return question.get();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        throw new NoSuchFileException(key);
      }
      throw unanswered(e);
    } catch (SdkException e) {
      throw unanswered(e);
    }
  }

  private static <T> T answered(Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      throw unanswered(e);
    }
  }

  /** Without the SDK's text, which may name more than the operator's endpoint. */
  private static VigilException unanswered(SdkException e) {
    String cause =
        e instanceof S3Exception s3 && s3.awsErrorDetails() != null
            ? s3.statusCode() + " " + s3.awsErrorDetails().errorCode()
            : e.getClass().getSimpleName();
    return new VigilException(ErrorCode.IMAGING_0091, Map.of("cause", cause), e);
  }
}
