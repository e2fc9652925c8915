package org.vigil.dicom.net;

/** Why an association is refused: result, source and reason of A-ASSOCIATE-RJ (PS3.8 §9.3.4). */
public enum RejectReason {
  NO_REASON_GIVEN(1, 1, 1, "no reason given"),
  APPLICATION_CONTEXT_NOT_SUPPORTED(1, 1, 2, "application context name not supported"),
  CALLING_AE_TITLE_NOT_RECOGNIZED(1, 1, 3, "calling AE title not recognized"),
  CALLED_AE_TITLE_NOT_RECOGNIZED(1, 1, 7, "called AE title not recognized"),
  ACSE_NO_REASON_GIVEN(1, 2, 1, "no reason given by the service provider"),
  PROTOCOL_VERSION_NOT_SUPPORTED(1, 2, 2, "protocol version not supported"),
  TEMPORARY_CONGESTION(2, 3, 1, "temporary congestion"),
  LOCAL_LIMIT_EXCEEDED(2, 3, 2, "local limit exceeded");

  private final int result;
  private final int source;
  private final int reason;
  private final String text;

  RejectReason(int result, int source, int reason, String text) {
    this.result = result;
    this.source = source;
    this.reason = reason;
    this.text = text;
  }

  /** 1 rejected permanently, 2 rejected for now. */
  public int result() {
    return result;
  }

  /** 1 service user, 2 service provider (ACSE), 3 service provider (presentation). */
  public int source() {
    return source;
  }

  /** The reason, whose meaning depends on the source. */
  public int reason() {
    return reason;
  }

  /** Whether trying again later makes sense. */
  public boolean isTransient() {
    return result == 2;
  }

  @Override
  public String toString() {
    return text;
  }

  /** Words for the three numbers of a received A-ASSOCIATE-RJ. */
  static String describe(int result, int source, int reason) {
    for (RejectReason known : values()) {
      if (known.result == result && known.source == source && known.reason == reason) {
        return known.text;
      }
    }
    return "result " + result + ", source " + source + ", reason " + reason;
  }
}
