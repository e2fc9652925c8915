package org.vigil.kernel.crypto;

import java.io.IOException;

/** An encrypted file was changed, cut, or is not the object it was taken for. */
public class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedFileException(String message) {
    super(message);
  }

  DamagedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
