package org.vigil.analysis.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the patient of a study is the patient of its order.
 *
 * <p>Another id, or an id of another issuer, is another patient. With the same id two of name,
 * birth date and sex must contradict each other before it is: people marry, and clerks mistype one
 * field, but seldom two. Where an id is missing, name and birth date must both agree.
 *
 * @param conflict whether a person must decide
 * @param differences the attributes that differ, by name and never by value: {@code patientId},
 *     {@code issuerOfPatientId}, {@code patientName}, {@code patientBirthDate}, {@code patientSex}
 */
public record PatientComparison(boolean conflict, List<String> differences) {
  static final String ID = "patientId";
  static final String ISSUER = "issuerOfPatientId";
  static final String NAME = "patientName";
  static final String BIRTH_DATE = "patientBirthDate";
  static final String SEX = "patientSex";

  public PatientComparison {
    differences = List.copyOf(differences);
  }

  /** Compares the patient an order is for with the one a study shows. */
  public static PatientComparison of(PatientIdentity order, PatientIdentity study) {
    List<String> differences = new ArrayList<>();
    int contradictions = 0;

    boolean idMissing =
        !PatientIdentity.present(order.id()) || !PatientIdentity.present(study.id());
    boolean idDiffers = !idMissing && !order.id().strip().equals(study.id().strip());
    boolean issuerDiffers = !idMissing && order.issuerContradicts(study);
    if (idDiffers || idMissing) {
      differences.add(ID);
    }
    if (issuerDiffers) {
      differences.add(ISSUER);
    }

    PersonName.Likeness name = PersonName.of(order.name()).likenessTo(PersonName.of(study.name()));
    if (name == PersonName.Likeness.DIFFERENT || name == PersonName.Likeness.MISSPELT) {
      differences.add(NAME);
    }
    if (name == PersonName.Likeness.DIFFERENT) {
      contradictions++;
    }

    boolean birthDatesKnown = order.birthDate() != null && study.birthDate() != null;
    if (birthDatesKnown && !order.birthDate().equals(study.birthDate())) {
      differences.add(BIRTH_DATE);
      contradictions++;
    }
    if (sexContradicts(order.sex(), study.sex())) {
      differences.add(SEX);
      contradictions++;
    }

    boolean conflict = idDiffers || issuerDiffers || contradictions >= 2;
    if (idMissing) {
      boolean sure =
          name == PersonName.Likeness.SAME
              && birthDatesKnown
              && order.birthDate().equals(study.birthDate());
      conflict = !sure || contradictions > 0;
    }
    return new PatientComparison(conflict, differences);
  }

  /** Only male against female contradicts; other, unknown and missing do not. */
  private static boolean sexContradicts(String a, String b) {
    if (!PatientIdentity.present(a) || !PatientIdentity.present(b)) {
      return false;
    }
    String both = (a.strip() + b.strip()).toUpperCase(Locale.ROOT);
    return both.equals("MF") || both.equals("FM");
  }
}
