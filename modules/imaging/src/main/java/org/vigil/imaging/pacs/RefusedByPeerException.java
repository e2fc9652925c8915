package org.vigil.imaging.pacs;

import java.io.IOException;

/** A peer answered, but not with success; the message is a status, without patient data. */
public final class RefusedByPeerException extends IOException {
  private static final long serialVersionUID = 1L;

  public RefusedByPeerException(String message) {
    super(message);
  }
}
