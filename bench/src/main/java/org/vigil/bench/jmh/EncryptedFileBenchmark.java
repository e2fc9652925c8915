package org.vigil.bench.jmh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.vigil.kernel.crypto.DataKey;
import org.vigil.kernel.crypto.EncryptedFile;

/** What encryption at rest adds to an object, beside the SHA-256 that it is hashed with anyway. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncryptedFileBenchmark {
  private static final int PDV = 128 * 1024;

  /** A CT slice and a DX film. */
  @Param({"525000", "8000000"})
  int bytes;

  private final DataKey key = DataKey.generate();
  private final UUID object = UUID.randomUUID();
  private byte[] plain;
  private Path file;

  @Setup
  public void write() throws IOException {
    plain = new byte[bytes];
    new SplittableRandom(217).nextBytes(plain);
    file = Files.createTempFile("encrypted", ".bench");
    try (OutputStream out = EncryptedFile.encrypt(Files.newOutputStream(file), key, object)) {
      out.write(plain);
    }
  }

  @TearDown
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @Benchmark
  public void encrypt() throws IOException {
    try (OutputStream out = EncryptedFile.encrypt(OutputStream.nullOutputStream(), key, object)) {
      for (int at = 0; at < bytes; at += PDV) {
        out.write(plain, at, Math.min(PDV, bytes - at));
      }
    }
  }

  @Benchmark
  public int decrypt() throws IOException {
    try (SeekableByteChannel in = EncryptedFile.open(file, id -> key, object)) {
      ByteBuffer buffer = ByteBuffer.allocate(PDV);
      int read = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read += count;
        buffer.clear();
      }
      return read;
    }
  }

  /** The header of a frame in the middle, as a viewer asks for it. */
  @Benchmark
  public int seek() throws IOException {
    try (SeekableByteChannel in = EncryptedFile.open(file, id -> key, object)) {
      return in.position(bytes / 2).read(ByteBuffer.allocate(1024));
    }
  }

  @Benchmark
  public byte[] sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(plain);
  }
}
