package org.vigil.dicom.validate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.ElementDictionary;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Sequence;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.TransferSyntax;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomObject;
import org.vigil.dicom.pixel.FloatPixels;
import org.vigil.dicom.pixel.PixelDecoder;
import org.vigil.dicom.validate.ValidationFinding.Severity;

/**
 * Checks an object: every value against its representation and multiplicity, the attributes its
 * modules ask for, those of images under conditions too, codes, values that the standard
 * enumerates, and whether the pixels can be there as described. Conditions of other modules and the
 * content of their sequences are not checked; {@code dciodvfy} does that.
 */
public final class DatasetValidator {
  private static final String VALUE = "Value";
  private static final String FILE = "File Meta Information";

  private final List<ValidationFinding> findings = new ArrayList<>();

  private DatasetValidator() {}

  /** What is wrong with an object that was read. */
  public static List<ValidationFinding> validate(DicomObject object) throws IOException {
    DatasetValidator validator = new DatasetValidator();
    object
        .warnings()
        .forEach(w -> validator.findings.add(finding(Severity.WARNING, "", "", "Encoding", w)));
    validator.fileMeta(object);
    validator.values(object.dataset(), "");
    validator.modules(object.dataset());
    ImageConditions.check(
        object.dataset(), (tag, module, text) -> validator.error(tag, "", module, text));
    validator.pixels(object);
    return validator.findings;
  }

  private static ValidationFinding finding(
      Severity severity, String path, String keyword, String module, String text) {
    return new ValidationFinding(severity, path, keyword, module, text);
  }

  private void error(int tag, String path, String module, String text) {
    add(Severity.ERROR, tag, path, module, text);
  }

  private void add(Severity severity, int tag, String path, String module, String text) {
    String keyword = ElementDictionary.keywordOf(tag);
    findings.add(
        finding(severity, path + Tag.toString(tag), keyword == null ? "" : keyword, module, text));
  }

  private void fileMeta(DicomObject object) {
    Attributes meta = object.fileMetaInformation();
    if (meta.isEmpty()) {
      findings.add(
          finding(Severity.WARNING, "", "", FILE, "is missing; the file is no Part 10 file"));
      return;
    }
    for (int tag : meta.tags()) {
      if (meta.getVR(tag).isString()) {
        strings(meta, tag, meta.getVR(tag), "");
      }
    }
    same(meta, Tag.MediaStorageSOPClassUID, object.dataset(), Tag.SOPClassUID);
    same(meta, Tag.MediaStorageSOPInstanceUID, object.dataset(), Tag.SOPInstanceUID);
    if (!object.transferSyntax().equals(meta.getString(Tag.TransferSyntaxUID))) {
      error(Tag.TransferSyntaxUID, "", FILE, "is not how the data set is really encoded");
    }
  }

  private void same(Attributes meta, int metaTag, Attributes dataset, int tag) {
    String named = meta.getString(metaTag);
    String real = dataset.getString(tag);
    if (named == null) {
      error(metaTag, "", FILE, "is missing");
    } else if (real != null && !real.equals(named)) {
      error(metaTag, "", FILE, "differs from the data set's");
    }
  }

  private void values(Attributes dataset, String path) throws IOException {
    for (int tag : dataset.tags()) {
      VR vr = dataset.getVR(tag);
      if (Tag.isPrivate(tag)) {
        if (!Tag.isPrivateCreator(tag) && dataset.privateCreatorOf(tag) == null) {
          add(Severity.WARNING, tag, path, VALUE, "is private without a creator");
        }
      } else if (!ElementDictionary.isKnown(tag)) {
        add(Severity.WARNING, tag, path, VALUE, "is not in the dictionary of PS3.6");
      } else {
        known(dataset, tag, vr, path);
      }
      if (vr == VR.SQ) {
        Sequence items = dataset.getSequence(tag);
        for (int i = 0; items != null && i < items.size(); i++) {
          String inside = path + Tag.toString(tag) + "[" + (i + 1) + "] > ";
          CodedEntries.check(
              tag, items.get(i), (of, text) -> error(of, inside, CodedEntries.MODULE, text));
          values(items.get(i), inside);
        }
      } else if (vr.isString()) {
        strings(dataset, tag, vr, path);
      } else if (vr == VR.US && !EnumeratedValues.allows(tag, dataset.getString(tag, ""))) {
        error(tag, path, VALUE, "is none of the values that the standard enumerates");
      }
    }
  }

  private void known(Attributes dataset, int tag, VR vr, String path) {
    if (ElementDictionary.isRetired(tag)) {
      add(Severity.WARNING, tag, path, VALUE, "is retired");
    }
    VR usual = ElementDictionary.vrOf(tag);
    if (vr != usual && !exchangeable(vr, usual)) {
      error(tag, path, VALUE, "has VR " + vr + ", the dictionary says " + usual);
    }
    String multiplicity = ElementDictionary.vmOf(tag);
    if (multiplicity != null && vr != VR.SQ && !(dataset.getValue(tag) instanceof Fragments)) {
      int count = dataset.getStrings(tag).length;
      if (count > 0 && !Multiplicity.allows(multiplicity, count) && !isBulk(vr)) {
        error(tag, path, VALUE, "has " + count + " values, allowed are " + multiplicity);
      }
    }
  }

  private static boolean isBulk(VR vr) {
    return switch (vr) {
      case OB, OD, OF, OL, OV, OW, UN -> true;
      default -> false;
    };
  }

  /** Representations the dictionary leaves open: US or SS, OB or OW, and UN for anything. */
  private static boolean exchangeable(VR vr, VR usual) {
    return vr == VR.UN
        || isBulk(vr) && isBulk(usual)
        || (vr == VR.US || vr == VR.SS || vr == VR.OW) && (usual == VR.US || usual == VR.SS);
  }

  private void strings(Attributes dataset, int tag, VR vr, String path) {
    String[] values = dataset.getStrings(tag);
    if (values.length == 1 && !EnumeratedValues.allows(tag, values[0])) {
      error(tag, path, VALUE, "is none of the values that the standard enumerates");
    }
    for (String value : values) {
      String wrong = ValueRules.wrong(vr, value);
      if (wrong != null) {
        error(tag, path, VALUE, wrong);
      }
    }
  }

  private void modules(Attributes dataset) {
    String sopClass = dataset.getString(Tag.SOPClassUID);
    if (UID.MediaStorageDirectoryStorage.equals(sopClass)
        || dataset.contains(Tag.DirectoryRecordSequence)) {
      return;
    }
    for (InformationObjects.Module module : InformationObjects.TABLE.modulesOf(sopClass)) {
      for (int tag : module.type1()) {
        boolean there =
            ElementDictionary.vrOf(tag) == VR.SQ
                ? dataset.getSequence(tag) != null && !dataset.getSequence(tag).isEmpty()
                : dataset.containsValue(tag);
        if (!there) {
          error(tag, "", module.name(), "must have a value (type 1)");
        }
      }
      for (int tag : module.type2()) {
        if (!dataset.contains(tag)) {
          error(tag, "", module.name(), "must be there, perhaps empty (type 2)");
        }
      }
    }
  }

  private void pixels(DicomObject object) throws IOException {
    Attributes dataset = object.dataset();
    if (dataset.getInt(Tag.SamplesPerPixel, 1) > 1
        && dataset.contains(Tag.PixelData)
        && !dataset.contains(Tag.PlanarConfiguration)) {
      error(Tag.PlanarConfiguration, "", "Image Pixel", "must be there with several samples");
    }
    try {
      if (FloatPixels.of(dataset).isPresent() || !dataset.contains(Tag.PixelData)) {
        return;
      }
      PixelDecoder decoder = PixelDecoder.of(object);
      if (TransferSyntax.of(object.transferSyntax()).isNative()) {
        // The last frame needs all bytes before it.
        decoder.encodedFrame(decoder.frames() - 1);
      } else {
        decoder.frame(0);
      }
    } catch (DicomException e) {
      error(Tag.PixelData, "", "Image Pixel", e.getMessage());
    }
  }
}
