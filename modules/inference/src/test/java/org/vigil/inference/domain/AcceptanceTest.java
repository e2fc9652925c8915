package org.vigil.inference.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Origin;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

class AcceptanceTest {
  private static final String DX = "1.2.840.10008.5.1.4.1.1.1.1";

  private final Acceptance acceptance =
      new Acceptance(
          List.of("DX", "CR"),
          List.of(DX),
          List.of("CHEST"),
          false,
          List.of("PA", "AP"),
          false,
          List.of("MONOCHROME1", "MONOCHROME2"),
          new Acceptance.Range(256, 4096),
          new Acceptance.Range(256, Integer.MAX_VALUE),
          new Acceptance.Range(12, 12),
          new Acceptance.Range(1, 1));

  private final Image film = new Image();

  @Test
  void acceptsAFilmOfItsKind() {
    assertThat(acceptance.refusal(film.view())).isEmpty();
  }

  @Test
  void tellsWhyAnImageDoesNotFit() {
    assertRefused(film.modality("CT"), "The model reads modality DX or CR; this is CT.");
    assertRefused(
        film.sopClass("1.2.840.10008.5.1.4.1.1.7"),
        "The model does not read objects of SOP class 1.2.840.10008.5.1.4.1.1.7.");
    assertRefused(film.pixelData(false), "The object has no pixel data.");
    assertRefused(film.bodyPart("KNEE"), "The model reads body part CHEST; this is KNEE.");
    assertRefused(film.bodyPart(null), "The model reads body part CHEST; the image names none.");
    assertRefused(film.viewPosition("LL"), "The model reads view position PA or AP; this is LL.");
    assertRefused(
        film.viewPosition(""), "The model reads view position PA or AP; the image names none.");
    assertRefused(
        film.photometric("RGB"),
        "The model reads photometric interpretation MONOCHROME1 or MONOCHROME2; this is RGB.");
    assertRefused(film.frames(3), "The model reads images of 1 frames; this one has 3.");
    assertRefused(film.rows(128), "The model reads images of 256 to 4096 rows; this one has 128.");
    assertRefused(
        film.columns(128), "The model reads images of at least 256 columns; this one has 128.");
    assertRefused(film.bits(16), "The model reads images of 12 bits stored; this one has 16.");
  }

  @Test
  void doesNotRepeatFreeText() {
    assertRefused(
        film.bodyPart("chest of Doe^Jane"), "The model reads body part CHEST; this is another.");
  }

  @Test
  void choosesThePreferredViewThenTheFirst() {
    InstanceView ap = film.uid("1.1").viewPosition("AP").view();
    InstanceView pa = film.uid("1.2").viewPosition("PA").view();
    InstanceView paAgain = film.uid("1.3").viewPosition("PA").view();

    assertThat(acceptance.choose(List.of(ap, pa, paAgain)).image()).isEqualTo(pa);
  }

  @Test
  void neverChoosesWhatVigilMadeItself() {
    InstanceView heatMap = film.uid("1.9").origin(Origin.VIGIL).view();

    Acceptance.Choice choice = acceptance.choose(List.of(heatMap));

    assertThat(choice.image()).isNull();
    assertThat(choice.reason()).isEqualTo("The study holds no acquired object.");
  }

  @Test
  void tellsTheReasonOfTheImageNearestToFitting() {
    InstanceView report = film.uid("1.1").modality("SR").pixelData(false).view();
    InstanceView knee = film.uid("1.2").bodyPart("KNEE").view();

    Acceptance.Choice choice = acceptance.choose(List.of(report, knee));

    assertThat(choice.image()).isNull();
    assertThat(choice.reason()).isEqualTo("The model reads body part CHEST; this is KNEE.");
  }

  @Test
  void acceptsUnnamedTermsWhereTheManifestSaysSo() {
    Acceptance lenient =
        new Acceptance(
            List.of("CR"),
            List.of(),
            List.of("CHEST"),
            true,
            List.of("PA"),
            true,
            List.of(),
            Acceptance.Range.ANY,
            Acceptance.Range.ANY,
            Acceptance.Range.ANY,
            Acceptance.Range.ANY);

    Image unnamed = film.modality("CR").bodyPart(null).viewPosition(null);

    assertThat(lenient.refusal(unnamed.view())).isEmpty();
    assertThat(lenient.refusal(unnamed.bodyPart("KNEE").view()))
        .contains("The model reads body part CHEST; this is KNEE.");
  }

  private void assertRefused(Image image, String reason) {
    assertThat(acceptance.refusal(image.view())).contains(reason);
  }

  /** An image's description, varied one attribute at a time. */
  private record Image(
      String uid,
      String sopClass,
      String modality,
      Origin origin,
      int rows,
      int columns,
      int frames,
      int bits,
      String photometric,
      String bodyPart,
      String viewPosition,
      boolean pixelData) {

    Image() {
      this(
          "1.2.3",
          DX,
          "DX",
          Origin.ACQUIRED,
          1024,
          1024,
          1,
          12,
          "MONOCHROME2",
          "CHEST",
          "PA",
          true);
    }

    Image uid(String v) {
      return new Image(
          v,
          sopClass,
          modality,
          origin,
          rows,
          columns,
          frames,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image sopClass(String v) {
      return new Image(
          uid,
          v,
          modality,
          origin,
          rows,
          columns,
          frames,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image modality(String v) {
      return new Image(
          uid,
          sopClass,
          v,
          origin,
          rows,
          columns,
          frames,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image origin(Origin v) {
      return new Image(
          uid,
          sopClass,
          modality,
          v,
          rows,
          columns,
          frames,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image rows(int v) {
      return new Image(
          uid,
          sopClass,
          modality,
          origin,
          v,
          columns,
          frames,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image columns(int v) {
      return new Image(
          uid,
          sopClass,
          modality,
          origin,
          rows,
          v,
          frames,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image frames(int v) {
      return new Image(
          uid,
          sopClass,
          modality,
          origin,
          rows,
          columns,
          v,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image bits(int v) {
      return new Image(
          uid,
          sopClass,
          modality,
          origin,
          rows,
          columns,
          frames,
          v,
          photometric,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image photometric(String v) {
      return new Image(
          uid,
          sopClass,
          modality,
          origin,
          rows,
          columns,
          frames,
          bits,
          v,
          bodyPart,
          viewPosition,
          pixelData);
    }

    Image bodyPart(String v) {
      return new Image(
          uid,
          sopClass,
          modality,
          origin,
          rows,
          columns,
          frames,
          bits,
          photometric,
          v,
          viewPosition,
          pixelData);
    }

    Image viewPosition(String v) {
      return new Image(
          uid,
          sopClass,
          modality,
          origin,
          rows,
          columns,
          frames,
          bits,
          photometric,
          bodyPart,
          v,
          pixelData);
    }

    Image pixelData(boolean v) {
      return new Image(
          uid,
          sopClass,
          modality,
          origin,
          rows,
          columns,
          frames,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          v);
    }

    InstanceView view() {
      return new InstanceView(
          StudyInstanceUid.of("1.2"),
          SeriesInstanceUid.of("1.2.1"),
          SopInstanceUid.of(uid),
          sopClass,
          "1.2.840.10008.1.2.1",
          modality,
          null,
          1,
          1,
          origin,
          rows,
          columns,
          frames,
          bits,
          photometric,
          bodyPart,
          viewPosition,
          null,
          pixelData,
          1000,
          "0".repeat(64),
          Instant.EPOCH,
          InstanceView.Availability.ONLINE);
    }
  }
}
