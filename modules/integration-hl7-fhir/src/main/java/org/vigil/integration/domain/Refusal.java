package org.vigil.integration.domain;

import java.util.Objects;
import org.vigil.kernel.ErrorCode;

/**
 * Why an HL7 message is not taken (HL7 v2.5.1 §2.9.2.2): the sender's content is wrong (AE), or the
 * message cannot be processed at all (AR).
 *
 * @param kind AE or AR
 * @param code Vigil's code
 * @param location {@code segment^sequence^field}, as far as known, e.g. {@code PID^1^5} (ERR-2)
 * @param hl7Code table 0357 (ERR-3)
 * @param explanation what was wrong and what to do, without the value found
 */
public record Refusal(Kind kind, ErrorCode code, String location, int hl7Code, String explanation) {

  public Refusal {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(explanation, "explanation");
  }

  /** The content is wrong: the sender must correct the named field. */
  public static Refusal error(ErrorCode code, String location, String explanation) {
    return new Refusal(Kind.ERROR, code, location, code.hl7Code(), explanation);
  }

  /** The message as such cannot be processed here. */
  public static Refusal reject(ErrorCode code, String location, String explanation) {
    return new Refusal(Kind.REJECT, code, location, code.hl7Code(), explanation);
  }

  /** The same with another code of table 0357. */
  public Refusal hl7Code(int changed) {
    return new Refusal(kind, code, location, changed, explanation);
  }

  /** ERR-8 and MSA-3. */
  public String text() {
    return code.id() + ": " + explanation;
  }

  /** HL7 table 0008. */
  public enum Kind {
    /** AE, in enhanced mode CE. */
    ERROR("AE", "CE"),
    /** AR, in enhanced mode CR. */
    REJECT("AR", "CR");

    private final String application;
    private final String commit;

    Kind(String application, String commit) {
      this.application = application;
      this.commit = commit;
    }

    public String applicationCode() {
      return application;
    }

    public String commitCode() {
      return commit;
    }
  }
}
