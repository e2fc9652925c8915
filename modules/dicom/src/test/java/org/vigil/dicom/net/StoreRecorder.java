package org.vigil.dicom.net;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store handler that remembers everything. */
final class StoreRecorder implements CStoreHandler {

  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  final List<String> events = new CopyOnWriteArrayList<>();

  @Override
  public DimseStatus store(CStoreRequest request) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    request.writeFile(file);
    files.put(request.sopInstanceUid(), file.toByteArray());
    return DimseStatus.SUCCESS;
  }

  @Override
  public void opened(Association association) {
    events.add("opened " + association.remoteAe() + " " + association.attachment());
  }

  @Override
  public void released(Association association) {
    events.add("released");
  }

  @Override
  public void aborted(Association association, String reason) {
    events.add("aborted");
  }
}
