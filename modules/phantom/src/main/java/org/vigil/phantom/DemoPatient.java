package org.vigil.phantom;

import java.time.LocalDate;
import java.util.Objects;

/**
 * An invented patient.
 *
 * @param id patient id, unique within the issuer
 * @param issuer who gave the id: Issuer of Patient ID (0010,0021)
 * @param familyName family name
 * @param givenName given name
 * @param sex sex, or null where unknown
 * @param birthDate date of birth, or null where unknown
 */
public record DemoPatient(
    String id, String issuer, String familyName, String givenName, Sex sex, LocalDate birthDate) {

  private static final String[] FAMILY = {
    "Ambrosius", "Birkeland", "Castellan", "Dunmore", "Eklund", "Farrow", "Grantham", "Hollis",
    "Ivarsson", "Jardine", "Kestrel", "Lindqvist", "Marchetti", "Norrland", "Oakhurst", "Penrose",
    "Quillon", "Ravensworth", "Sandoval", "Thackeray", "Underhill", "Vasquez", "Whitlock", "Yarrow"
  };
  private static final String[] FEMALE = {
    "Agnes", "Beatrix", "Clara", "Dorothea", "Elin", "Freya", "Greta", "Helena", "Ingrid",
    "Johanna", "Katarina", "Liv", "Miriam", "Nora", "Olivia", "Petra", "Rosalind", "Selma"
  };
  private static final String[] MALE = {
    "Anselm", "Bertram", "Casimir", "Dag", "Emil", "Florian", "Gregor", "Henrik", "Isidor", "Jonas",
    "Konrad", "Leander", "Magnus", "Nils", "Oskar", "Pascal", "Rasmus", "Severin"
  };

  /** Checks what must be there. */
  public DemoPatient {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(issuer, "issuer");
    Objects.requireNonNull(familyName, "familyName");
    Objects.requireNonNull(givenName, "givenName");
  }

  /** The name as a DICOM person name (PS3.5 §6.2.1): {@code family^given}. */
  public String dicomName() {
    return givenName.isEmpty() ? familyName : familyName + "^" + givenName;
  }

  /**
   * An adult with an invented name.
   *
   * @param number decides name and id; patients of different numbers below 1,000,000 differ in id
   * @param issuer who gave the id
   * @param sex their sex
   * @param today decides the age, which is 19 to 88 years
   */
  public static DemoPatient invented(long number, String issuer, Sex sex, LocalDate today) {
    Dice dice = new Dice(number, 800);
    String[] given = sex == Sex.FEMALE ? FEMALE : MALE;
    return new DemoPatient(
        "PHM%06d".formatted(Math.floorMod(number, 1_000_000L)),
        issuer,
        FAMILY[dice.below(FAMILY.length)],
        given[dice.below(given.length)],
        sex,
        today.minusYears(19 + dice.below(70)).minusDays(dice.below(365)));
  }
}
