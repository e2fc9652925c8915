package org.vigil.imaging.deidentify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.deidentify.BurnedInText;
import org.vigil.dicom.deidentify.DeidentificationOption;
import org.vigil.dicom.deidentify.Deidentifier;
import org.vigil.dicom.deidentify.PseudonymKey;
import org.vigil.dicom.io.DicomReader;
import org.vigil.dicom.pixel.PixelDecoder;
import org.vigil.imaging.api.DeidentifiedCopies;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Origin;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.application.CopyRegister;
import org.vigil.imaging.application.StoredImages;
import org.vigil.imaging.application.StoredStudies;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.Consents;

/**
 * Copies of what was acquired: results that Vigil has added are no part of them. Every object is
 * looked at before the first leaves, so that a refusal comes instead of a copy, not inside it.
 */
@ApplicationScoped
public class StudyCopies implements DeidentifiedCopies {
  private static final int LONGEST_REASON = 500;

  /** Longer values stay on disk. */
  static final int BULK_FROM = 16 * 1024;

  /** Pixels of all frames that fit into memory with up to four bytes each. */
  private static final long MOST_MASKED = 512L << 20;

  @Inject private StoredStudies studies;
  @Inject private Consents consents;
  @Inject private CopyRegister register;

  @Override
  public Copy prepare(Wish wish, Actor actor) {
    if (wish.reason() == null
        || wish.reason().isBlank()
        || wish.reason().length() > LONGEST_REASON) {
      throw new VigilException(ErrorCode.TENANCY_0011);
    }
    Set<DeidentificationOption> options = options(wish.options());
    List<BurnedInText.Region> masks = regions(wish.masks());
    if (!masks.isEmpty()) {
      options.add(DeidentificationOption.CLEAN_PIXEL_DATA);
    }
    StudyView study =
        studies
            .find(wish.study())
            .orElseThrow(
                () ->
                    new VigilException(
                        ErrorCode.IMAGING_0004, Map.of("study", wish.study().value())));
    refuseAgainstTheirWill(study, actor);
    List<ByteSource> sources = new ArrayList<>();
    int leftOut = 0;
    String because = "";
    for (InstanceView instance : studies.instances(wish.study())) {
      if (instance.origin() != Origin.ACQUIRED) {
        continue;
      }
      ByteSource source = studies.source(instance.sopInstanceUid());
      String reason = null;
      if (!masks.isEmpty()) {
        reason = reasonNotToMask(instance, masks);
      } else if (!wish.pixelsAreClean()) {
        reason = reasonToRefuse(instance, source);
      }
      if (reason == null) {
        sources.add(source);
      } else {
        leftOut++;
        because = reason;
      }
    }
    if (sources.isEmpty() && leftOut == 0) {
      throw new VigilException(ErrorCode.IMAGING_0005, Map.of("study", wish.study().value()));
    }
    if (sources.isEmpty() || leftOut > 0 && !wish.leaveOutRefused()) {
      register.refused(study, Map.of("code", ErrorCode.IMAGING_0081.id()), actor);
      throw new VigilException(
          ErrorCode.IMAGING_0081,
          Map.of("refused", leftOut, "objects", leftOut + sources.size(), "because", because));
    }
    Deidentifier deidentifier = deidentifier(options, study, sources.size(), leftOut, wish, actor);
    return new ZippedCopy(deidentifier, sources, masks, leftOut);
  }

  private Deidentifier deidentifier(
      Set<DeidentificationOption> options,
      StudyView study,
      int objects,
      int leftOut,
      Wish wish,
      Actor actor) {
    try {
      // Tried before anything is recorded: the options may contradict each other.
      new Deidentifier(new PseudonymKey(new byte[32]), options);
    } catch (IllegalArgumentException e) {
      throw invalid("options", e);
    }
    return new Deidentifier(
        register.leaves(
            study,
            Map.of(
                "objects",
                Integer.toString(objects),
                "leftOut",
                Integer.toString(leftOut),
                "options",
                options.toString(),
                "pixelsAreClean",
                Boolean.toString(wish.pixelsAreClean()),
                "reason",
                wish.reason().strip()),
            actor),
        options);
  }

  private void refuseAgainstTheirWill(StudyView study, Actor actor) {
    if (consents.hasOptedOut(Consents.Scope.EXPORT, study.patientId(), study.issuerOfPatientId())) {
      register.refused(study, Map.of("code", ErrorCode.TENANCY_0010.id()), actor);
      throw new VigilException(ErrorCode.TENANCY_0010);
    }
  }

  private static String reasonToRefuse(InstanceView instance, ByteSource source) {
    try {
      return BurnedInText.reasonToRefuse(
          DicomReader.of(source).leaveBulk(BULK_FROM).read().dataset());
    } catch (IOException e) {
      throw StoredImages.explain(e, instance.sopInstanceUid());
    }
  }

  /** Found before the first byte leaves: a copy that breaks off looks like a network's fault. */
  private static String reasonNotToMask(InstanceView instance, List<BurnedInText.Region> masks) {
    if (!instance.hasPixelData()) {
      return null;
    }
    String size = instance.columns() + " x " + instance.rows();
    for (BurnedInText.Region mask : masks) {
      if ((long) mask.x() + mask.width() > instance.columns()
          || (long) mask.y() + mask.height() > instance.rows()) {
        throw new VigilException(
            ErrorCode.KERNEL_0003,
            Map.of("field", "masks", "problem", "reaches out of an image of " + size));
      }
    }
    if (!PixelDecoder.canDecode(instance.transferSyntaxUid())) {
      return "Transfer syntax "
          + instance.transferSyntaxUid()
          + " cannot be decoded, so not masked";
    }
    long values = (long) instance.columns() * instance.rows() * instance.numberOfFrames();
    return values > MOST_MASKED ? "Too large to be masked: " + values + " pixels" : null;
  }

  private static Set<DeidentificationOption> options(Set<String> names) {
    Set<DeidentificationOption> options = EnumSet.noneOf(DeidentificationOption.class);
    for (String name : names) {
      try {
        options.add(DeidentificationOption.valueOf(name));
      } catch (IllegalArgumentException e) {
        throw invalid("options", e);
      }
    }
    return options;
  }

  private static List<BurnedInText.Region> regions(List<Mask> masks) {
    try {
      return masks.stream()
          .map(m -> new BurnedInText.Region(m.x(), m.y(), m.width(), m.height()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw invalid("masks", e);
    }
  }

  private static VigilException invalid(String field, IllegalArgumentException cause) {
    return new VigilException(ErrorCode.KERNEL_0003, Map.of("field", field), cause);
  }
}
