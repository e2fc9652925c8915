package org.vigil.dicom.deidentify;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.deidentify.ConfidentialityProfile.Action;
import org.vigil.dicom.deidentify.DeidentificationReport.Done;

/**
 * Applies the Basic Application Level Confidentiality Profile (PS3.15 annex E) to data sets.
 *
 * <p>Where the profile allows an empty value, patient and study get a pseudonym, so that studies of
 * one patient stay together. Text that an option keeps ("clean descriptors") is kept only where
 * every word of it is a known word of anatomy or technique. Pixels are {@link BurnedInText}'s.
 *
 * <p>Safe for use by several threads.
 */
public final class Deidentifier {
  private static final String DUMMY_TEXT = "ANONYMIZED";
  private static final int OLDEST_AGE = 89;

  private final PseudonymKey key;
  private final Set<DeidentificationOption> options;

  /**
   * @param key under which pseudonyms, UIDs and dates stay consistent
   * @param options of the profile
   * @throws IllegalArgumentException if dates are to be kept in full and modified at once
   */
  public Deidentifier(PseudonymKey key, Set<DeidentificationOption> options) {
    this.key = key;
    this.options = options.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(options));
    if (options.contains(DeidentificationOption.RETAIN_FULL_DATES)
        && options.contains(DeidentificationOption.RETAIN_MODIFIED_DATES)) {
      throw new IllegalArgumentException("Dates are kept in full or modified, not both");
    }
  }

  /**
   * De-identifies an object in place. Its pixels are not looked at.
   *
   * @return what was done
   */
  public DeidentificationReport apply(Attributes dataset) throws IOException {
    DeidentificationReport report = new DeidentificationReport();
    String issuer = dataset.getString(Tag.IssuerOfPatientID, "");
    String patientId = dataset.getString(Tag.PatientID, "");
    Duration shift = key.dateShift(issuer, patientId);
    SafePrivateElements safe =
        options.contains(DeidentificationOption.RETAIN_SAFE_PRIVATE)
            ? SafePrivateElements.of(dataset)
            : SafePrivateElements.NONE;
    boolean hadAccession = dataset.containsValue(Tag.AccessionNumber);
    String accession = dataset.getString(Tag.AccessionNumber, "");
    new Pass(report, shift, safe).through(dataset, "");
    dataset.setString(Tag.PatientID, VR.LO, key.token("patient", issuer, patientId));
    dataset.setString(Tag.PatientName, VR.PN, key.token("patient", issuer, patientId));
    if (hadAccession) {
      dataset.setString(Tag.AccessionNumber, VR.SH, key.token("accession", issuer, accession));
    }
    state(dataset);
    return report;
  }

  /** Says what was done, in the object itself (PS3.15 §E.1.1). */
  private void state(Attributes dataset) {
    dataset.setString(Tag.PatientIdentityRemoved, VR.CS, "YES");
    dataset.setString(Tag.DeidentificationMethod, VR.LO, "DICOM PS3.15 annex E, Vigil");
    Sequence codes =
        dataset.newSequence(Tag.DeidentificationMethodCodeSequence, 1 + options.size());
    codes.add(DeidentificationOption.BASIC_PROFILE.toItem());
    EnumSet<DeidentificationOption> inOrder = EnumSet.noneOf(DeidentificationOption.class);
    inOrder.addAll(options);
    inOrder.forEach(option -> codes.add(option.code().toItem()));
    String dates = "REMOVED";
    if (options.contains(DeidentificationOption.RETAIN_FULL_DATES)) {
      dates = "UNMODIFIED";
    } else if (options.contains(DeidentificationOption.RETAIN_MODIFIED_DATES)) {
      dates = "MODIFIED";
    }
    dataset.setString(Tag.LongitudinalTemporalInformationModified, VR.CS, dates);
  }

  /** One walk through a data set and its items. */
  private final class Pass {
    private final DeidentificationReport report;
    private final Duration shift;
    private final SafePrivateElements safe;

    Pass(DeidentificationReport report, Duration shift, SafePrivateElements safe) {
      this.report = report;
      this.shift = shift;
      this.safe = safe;
    }

    void through(Attributes dataset, String path) throws IOException {
      for (int tag : dataset.tags()) {
        String here = path + Tag.toString(tag);
        VR vr = dataset.getVR(tag);
        if (Tag.isPrivate(tag)) {
          if (!safe.contains(dataset, tag)) {
            dataset.remove(tag);
            report.add(here, "", Done.REMOVED, SafeHarbor.FREE_TEXT);
          } else if (vr == VR.SQ) {
            items(dataset, tag, here);
          }
          continue;
        }
        Action action = ConfidentialityProfile.TABLE.actionFor(tag, options);
        Done done = perform(action, dataset, tag, vr, here);
        if (done != null) {
          report.add(here, ElementDictionary.keywordOf(tag), done, SafeHarbor.of(tag, vr));
        }
      }
    }

    private void items(Attributes dataset, int tag, String path) throws IOException {
      Sequence sequence = dataset.getSequence(tag);
      for (int i = 0; sequence != null && i < sequence.size(); i++) {
        through(sequence.get(i), path + "[" + (i + 1) + "]");
      }
    }

    private Done perform(Action action, Attributes dataset, int tag, VR vr, String path)
        throws IOException {
      switch (action) {
        case KEEP -> {
          if (vr == VR.SQ) {
            items(dataset, tag, path);
          } else if (tag == Tag.PatientAge) {
            return capAge(dataset);
          }
          return null;
        }
        case REMOVE -> {
          dataset.remove(tag);
          return Done.REMOVED;
        }
        case EMPTY -> {
          dataset.setNull(tag, vr);
          return Done.EMPTIED;
        }
        case REPLACE_UID -> {
          replaceUids(dataset, tag);
          return Done.REPLACED;
        }
        case DUMMY -> {
          dummy(dataset, tag, vr, path);
          return Done.REPLACED;
        }
        case CLEAN -> {
          return clean(dataset, tag, vr, path);
        }
        default -> throw new IllegalStateException("Unknown action " + action);
      }
    }

    private void replaceUids(Attributes dataset, int tag) {
      String[] uids = dataset.getStrings(tag);
      if (uids == null) {
        return;
      }
      for (int i = 0; i < uids.length; i++) {
        // A well-known UID says nothing about anybody, and another would be wrong.
        if (!uids[i].isBlank() && !uids[i].startsWith("1.2.840.10008.")) {
          uids[i] = key.uid(uids[i].trim());
        }
      }
      dataset.setString(tag, VR.UI, uids);
    }

    private void dummy(Attributes dataset, int tag, VR vr, String path) throws IOException {
      switch (vr) {
        case SQ -> {
          // What it holds is gone through as well: the sequence must not be empty (type 1).
          items(dataset, tag, path);
          if (tag == Tag.ContentSequence) {
            dataset.newSequence(tag, 0);
          }
        }
        case UI -> replaceUids(dataset, tag);
        case DA -> dataset.setString(tag, vr, "19000101");
        case TM -> dataset.setString(tag, vr, "000000");
        case DT -> dataset.setString(tag, vr, "19000101000000");
        case AS -> dataset.setString(tag, vr, "000Y");
        case DS, IS -> dataset.setString(tag, vr, "0");
        case UR -> dataset.setString(tag, vr, "urn:anonymized");
        case OB, UN, OW, OD, OF, OL, OV -> dataset.setBytes(tag, vr, new byte[2]);
        default -> {
          if (vr.isString()) {
            dataset.setString(tag, vr, DUMMY_TEXT);
          } else {
            dataset.setInt(tag, vr, 0);
          }
        }
      }
    }

    private Done clean(Attributes dataset, int tag, VR vr, String path) throws IOException {
      boolean date = vr == VR.DA || vr == VR.DT || vr == VR.TM;
      if (date && options.contains(DeidentificationOption.RETAIN_MODIFIED_DATES)) {
        if (vr == VR.TM || DateShift.shift(dataset, tag, vr, shift)) {
          return Done.CLEANED;
        }
      } else if (vr == VR.SQ) {
        items(dataset, tag, path);
        return Done.CLEANED;
      } else if (vr.isString() && DescriptorWords.areHarmless(dataset.getStrings(tag))) {
        return null;
      }
      return perform(ConfidentialityProfile.TABLE.basicFor(tag), dataset, tag, vr, path);
    }

    /** Ages above 89 are one category (45 CFR 164.514(b)(2)(i)(C)). */
    private Done capAge(Attributes dataset) {
      String age = dataset.getString(Tag.PatientAge, "").trim().toUpperCase(Locale.ROOT);
      if (age.matches("\\d{3}Y") && Integer.parseInt(age.substring(0, 3)) > OLDEST_AGE) {
        dataset.setString(Tag.PatientAge, VR.AS, "090Y");
        return Done.CLEANED;
      }
      return null;
    }
  }
}
