package org.vigil.imaging.result;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.net.RemoteAe;
import org.vigil.dicom.net.StorageScu;
import org.vigil.dicom.net.StoreItem;
import org.vigil.dicom.net.StoreResult;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.VigilException;
import org.vigil.kernel.tls.TlsProfile;
import org.vigil.tenancy.api.Destination;
import org.vigil.tenancy.api.TlsContexts;

/**
 * Sends an object to an archive: by C-STORE (PS3.4 annex B), one association an object, or by
 * STOW-RS where the archive has a URL.
 */
final class ResultSender {
  /** Refused: the archive has an object with this UID, which can only be ours (PS3.7 §C.5.6). */
  static final int DUPLICATE_SOP_INSTANCE = 0x0111;

  private final Duration connectTimeout;
  private final Duration responseTimeout;
  private final TlsContexts tls;
  private final WebResultSender web;

  /**
   * @param authorization the Authorization header for a service's URL, of the current tenant
   */
  ResultSender(
      Duration connectTimeout,
      Duration responseTimeout,
      TlsContexts tls,
      Function<String, Optional<String>> authorization) {
    this.tls = tls;
    this.connectTimeout = connectTimeout;
    this.responseTimeout = responseTimeout;
    this.web = new WebResultSender(connectTimeout, responseTimeout, tls, authorization);
  }

  /**
   * Sends an object and waits for the archive's answer.
   *
   * @throws VigilException IMAGING-0011 unless the archive has it now
   */
  void send(SopInstanceUid uid, ByteSource object, Destination destination, String callingAe) {
    String refusal;
    try {
      refusal =
          destination.url() == null
              ? store(object, destination, callingAe)
              : web.send(object, destination);
    } catch (DicomException e) {
      throw failure(uid, destination, e.error().code() + " " + e.error(), e);
    } catch (IOException e) {
      throw failure(uid, destination, e.getClass().getSimpleName(), e);
    } catch (IllegalArgumentException e) {
      // An AE title, port or URL that nobody can be asked with.
      throw failure(uid, destination, e.getMessage(), e);
    }
    if (refusal != null) {
      throw failure(uid, destination, refusal, null);
    }
  }

  private String store(ByteSource object, Destination destination, String callingAe)
      throws IOException {
    RemoteAe remote =
        RemoteAe.of(destination.host(), destination.port(), destination.aeTitle(), callingAe)
            .withTimeouts(connectTimeout, responseTimeout);
    if (destination.tls() != null) {
      remote = remote.withTls(tls.client(destination), TlsProfile.client());
    }
    StoreResult result = StorageScu.storeAll(remote, List.of(StoreItem.of(object))).get(0);
    return result.isStored() || result.status().code() == DUPLICATE_SOP_INSTANCE
        ? null
        : String.format("status %04XH", result.status().code());
  }

  private static VigilException failure(
      SopInstanceUid uid, Destination destination, String cause, Exception e) {
    return new VigilException(
        ErrorCode.IMAGING_0011,
        Map.of(
            "sopInstance", uid.value(),
            "archive", name(destination),
            "cause", cause),
        e);
  }

  /** How logs and errors call it. */
  static String name(Destination destination) {
    return destination.url() == null ? String.valueOf(destination.aeTitle()) : destination.url();
  }
}
