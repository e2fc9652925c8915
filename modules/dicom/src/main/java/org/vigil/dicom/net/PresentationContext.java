package org.vigil.dicom.net;

import java.util.List;

/**
 * A presentation context: an abstract syntax (SOP class) with the transfer syntaxes it may travel
 * in (PS3.8 §9.3.2.2, §9.3.3.2).
 *
 * @param id odd number from 1 to 255
 * @param abstractSyntax SOP class UID
 * @param transferSyntaxes as proposed, in the proposer's order
 * @param result {@link #ACCEPTED} or why not; meaningless in a proposal
 * @param transferSyntax the one accepted, or null
 */
public record PresentationContext(
    int id,
    String abstractSyntax,
    List<String> transferSyntaxes,
    int result,
    String transferSyntax) {

  /** Result of an accepted context. */
  public static final int ACCEPTED = 0;

  /** Result of a context whose SOP class is not supported. */
  public static final int ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;

  /** Result of a context none of whose transfer syntaxes is supported. */
  public static final int TRANSFER_SYNTAXES_NOT_SUPPORTED = 4;

  /** A proposal. */
  public PresentationContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
    this(id, abstractSyntax, List.copyOf(transferSyntaxes), ACCEPTED, null);
  }

  /** Whether the context may be used. */
  public boolean isAccepted() {
    return result == ACCEPTED && transferSyntax != null;
  }

  PresentationContext accepted(String syntax) {
    return new PresentationContext(id, abstractSyntax, transferSyntaxes, ACCEPTED, syntax);
  }

  PresentationContext refused(int why) {
    return new PresentationContext(id, abstractSyntax, transferSyntaxes, why, null);
  }
}
