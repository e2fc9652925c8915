package org.vigil.imaging.domain;

/** What a PACS can be asked for. */
public enum PacsTaskKind {
  /** Which earlier studies it has of an order's patient; the subject is the order. */
  FIND_PRIORS,
  /** To send one of them; the subject is the study. */
  FETCH_PRIOR,
  /** To commit objects that were stored there; the subject is an object. */
  REQUEST_COMMITMENT,
  /** To hear what of its own objects is committed here; the subject is its transaction. */
  REPORT_COMMITMENT
}
