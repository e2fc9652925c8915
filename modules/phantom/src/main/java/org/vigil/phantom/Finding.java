package org.vigil.phantom;

/** What {@link ChestPhantom} can draw into a chest film, in the order of the model's labels. */
public enum Finding {
  /** Air in the pleural space; {@link Pathology#sizeMm()} is the widest gap to the chest wall. */
  PNEUMOTHORAX,
  /** Airspace opacity; the size is the long diameter of the affected region. */
  CONSOLIDATION,
  /** A round opacity; the size is its diameter. */
  NODULE,
  /** Fluid in the pleural space; the size is the height of the meniscus at the chest wall. */
  EFFUSION
}
