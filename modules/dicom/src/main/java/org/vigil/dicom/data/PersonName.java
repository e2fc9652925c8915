package org.vigil.dicom.data;

/**
 * A person's name (VR PN, PS3.5 §6.2.1): up to three groups (alphabetic, ideographic, phonetic)
 * separated by {@code =}, each of up to five components separated by {@code ^}.
 *
 * @param alphabetic first group, {@code Family^Given^Middle^Prefix^Suffix}; may be empty
 * @param ideographic second group; may be empty
 * @param phonetic third group; may be empty
 */
public record PersonName(String alphabetic, String ideographic, String phonetic) {

  /** Takes a PN value apart; null gives an empty name. */
  public static PersonName parse(String value) {
    String[] groups = (value == null ? "" : value).split("=", 3);
    return new PersonName(
        group(groups, 0), groups.length > 1 ? group(groups, 1) : "", group(groups, 2));
  }

  private static String group(String[] groups, int index) {
    return index < groups.length ? groups[index].strip() : "";
  }

  /** Family name of the alphabetic group. */
  public String family() {
    return component(0);
  }

  /** Given names of the alphabetic group, separated by spaces. */
  public String given() {
    return component(1);
  }

  /** Middle names of the alphabetic group. */
  public String middle() {
    return component(2);
  }

  /** Prefix, for example a title, of the alphabetic group. */
  public String prefix() {
    return component(3);
  }

  /** Suffix of the alphabetic group. */
  public String suffix() {
    return component(4);
  }

  private String component(int index) {
    String[] components = alphabetic.split("\\^", -1);
    return index < components.length ? components[index].strip() : "";
  }

  /** The value as DICOM writes it, without trailing empty groups. */
  public String toDicom() {
    if (!phonetic.isEmpty()) {
      return alphabetic + "=" + ideographic + "=" + phonetic;
    }
    return ideographic.isEmpty() ? alphabetic : alphabetic + "=" + ideographic;
  }

  /** Says nothing of the person, so that a name never slips into a log. */
  @Override
  public String toString() {
    return "PersonName[…]";
  }
}
