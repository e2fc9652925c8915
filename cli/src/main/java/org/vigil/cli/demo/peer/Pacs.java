package org.vigil.cli.demo.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.vigil.dicom.net.AssociationAcceptor;
import org.vigil.dicom.net.CStoreRequest;
import org.vigil.dicom.net.DicomServer;
import org.vigil.dicom.net.DimseStatus;

/** An archive: takes results by C-STORE and keeps them as files, one a SOP Instance UID. */
public final class Pacs implements AutoCloseable {
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();
  private final AtomicInteger contradictions = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final DicomServer server;
  private final Path folder;

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @param folder where objects are kept
   */
  public Pacs(int port, Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.server =
        DicomServer.builder(threads)
            .port(port)
            .acceptor(AssociationAcceptor.any())
            .storeHandler(this::store)
            .start();
  }

  public int port() {
    return server.port();
  }

  /** What was stored by this SOP class; one a SOP Instance UID however often it was sent. */
  public List<Stored> objects(String sopClassUid) {
    return objects.values().stream().filter(o -> o.sopClassUid().equals(sopClassUid)).toList();
  }

  public Collection<Stored> objects() {
    return List.copyOf(objects.values());
  }

  /** How often an instance came again with other content. */
  public int contradictions() {
    return contradictions.get();
  }

  @Override
  public void close() {
    server.close();
    threads.shutdownNow();
  }

  private DimseStatus store(CStoreRequest request) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    request.writeFile(bytes);
    Path file = folder.resolve(request.sopInstanceUid() + ".dcm");
    if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), bytes.toByteArray())) {
      contradictions.incrementAndGet();
    }
    Files.write(file, bytes.toByteArray());
    objects.put(
        request.sopInstanceUid(),
        new Stored(
            request.sopClassUid(),
            request.sopInstanceUid(),
            request.association().localAe(),
            file));
    return DimseStatus.SUCCESS;
  }

  /** An object in the archive. */
  public record Stored(
      String sopClassUid, String sopInstanceUid, String calledAeTitle, Path file) {}
}
