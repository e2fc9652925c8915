package org.vigil.imaging.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.ByteSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Brings one object to a bucket: in one request or, where it is longer than a part, in several,
 * after which the server makes it appear whole. What fails is given up, so that the server keeps no
 * parts that nobody asks for; a part that fails on the way is sent again alone.
 *
 * @param partBytes 5 MiB to 5 GiB, S3's own limits; no object has more than 10,000 parts
 */
record BucketUpload(S3Client s3, String bucket, String key, long partBytes) {
  private static final Logger LOG = LoggerFactory.getLogger(BucketUpload.class);
  private static final String CONTENT = "application/octet-stream";
  private static final int MOST_PARTS = 10_000;
  static final long LONGEST_PART = 5L << 30;

  /**
   * Uploads.
   *
   * @throws SdkException where the server does not take it; nothing is there then
   */
  void send(Ciphertext from) throws IOException {
    long length = from.size();
    if (length <= partBytes) {
      s3.putObject(
          request -> request.bucket(bucket).key(key).contentType(CONTENT), body(from, 0, length));
      return;
    }
    String upload =
        s3.createMultipartUpload(request -> request.bucket(bucket).key(key).contentType(CONTENT))
            .uploadId();
    try {
      List<CompletedPart> parts = parts(upload, from, length);
      s3.completeMultipartUpload(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(whole -> whole.parts(parts)));
    } catch (RuntimeException e) {
      abort(upload, e);
      throw e;
    }
  }

  private List<CompletedPart> parts(String upload, Ciphertext from, long length) {
    long size = Math.max(partBytes, Math.min(LONGEST_PART, (length + MOST_PARTS - 1) / MOST_PARTS));
    List<CompletedPart> parts = new ArrayList<>();
    for (long offset = 0; offset < length; offset += size) {
      int number = parts.size() + 1;
      RequestBody part = body(from, offset, Math.min(size, length - offset));
      String tag =
          s3.uploadPart(
                  request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                  part)
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    return parts;
  }

  private static RequestBody body(Ciphertext from, long offset, long length) {
    BulkData stretch = new BulkData(source(from), offset, length);
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return stretch.open();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        length,
        CONTENT);
  }

  private static ByteSource source(Ciphertext from) {
    return new ByteSource() {
      @Override
      public InputStream open(long offset) throws IOException {
        SeekableByteChannel channel = from.open();
        try {
          return Channels.newInputStream(channel.position(offset));
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
      }

      @Override
      public long length() throws IOException {
        return from.size();
      }
    };
  }

  private void abort(String upload, RuntimeException reason) {
    try {
      s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      reason.addSuppressed(e);
      LOG.warn("Parts of an upload to bucket {} could not be removed", bucket, e);
    }
  }
}
