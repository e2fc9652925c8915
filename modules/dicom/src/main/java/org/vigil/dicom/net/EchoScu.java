package org.vigil.dicom.net;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.vigil.dicom.data.UID;

/** Asks a peer whether it is there: C-ECHO (PS3.4 annex A). */
public final class EchoScu {

  private EchoScu() {}

  /**
   * Opens an association, echoes and releases.
   *
   * @return how long the whole took
   * @throws AssociationRejectedException if the peer refuses
   * @throws IOException if it cannot be reached or answers with a failure
   */
  public static Duration echo(RemoteAe remote) throws IOException {
    long start = System.nanoTime();
    List<PresentationContext> proposal =
        List.of(new PresentationContext(1, UID.Verification, List.of(UID.ImplicitVRLittleEndian)));
    try (Association association = Association.open(remote, proposal)) {
      DimseStatus status = association.echo();
      if (status.code() != 0) {
        throw new IOException(remote + " answered C-ECHO with status " + status);
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
