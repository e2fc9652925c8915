package org.vigil.dicom.validate;

/** Value multiplicities as PS3.6 writes them: 1, 1-3, 1-n, 2-2n, 3-3n. */
final class Multiplicity {
  private Multiplicity() {}

  static boolean allows(String multiplicity, int count) {
    // "1-n or 1": the wider one counts.
    for (String one : multiplicity.split(" or ")) {
      if (allowsOne(one.trim(), count)) {
        return true;
      }
    }
    return false;
  }

  private static boolean allowsOne(String multiplicity, int count) {
    int dash = multiplicity.indexOf('-');
    if (dash < 0) {
      return multiplicity.endsWith("n") || count == Integer.parseInt(multiplicity);
    }
    int least = Integer.parseInt(multiplicity.substring(0, dash));
    String most = multiplicity.substring(dash + 1);
    if (most.equals("n")) {
      return count >= least;
    }
    if (most.endsWith("n")) {
      return count >= least && count % Integer.parseInt(most.substring(0, most.length() - 1)) == 0;
    }
    return count >= least && count <= Integer.parseInt(most);
  }
}
