package org.vigil.web.rest;

/** What every answer that shows AI says. */
final class Disclaimer {
  static final String TEXT =
      "AI assistance is not diagnostic. Final interpretation by a qualified radiologist required.";

  private Disclaimer() {}
}
