package org.vigil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Fragments;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;

class DicomJsonTest {

  @Test
  void writesTheModelOfPs318AnnexF() throws Exception {
    Attributes a = new Attributes();
    a.setString(Tag.SpecificCharacterSet, "ISO_IR 100");
    a.setString(Tag.PatientName, "Müller^\"Jo\"");
    a.setString(Tag.PatientBirthDate);
    a.setString(Tag.ImageType, "ORIGINAL", "", "AXIAL");
    a.setString(Tag.InstanceNumber, "007");
    a.setDouble(Tag.PixelSpacing, 0.5, 1);
    a.setInt(Tag.Rows, 512);
    a.setInt(Tag.FrameIncrementPointer, VR.AT, Tag.FrameTime);
    Attributes item = new Attributes();
    a.newSequence(Tag.ProcedureCodeSequence, 1).add(item);
    item.setString(Tag.CodeMeaning, "Line\nbreak");
    item.setBytes(Tag.ICCProfile, VR.OB, new byte[] {1, 2});
    a.setBytes(Tag.PixelData, VR.OW, new byte[8]);
    String json = DicomJson.toJson(a, (path, length) -> length > 4 ? "bulk/" + path : null);
    assertThat(json)
        .isEqualTo(
            "{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},"
                + "\"00080008\":{\"vr\":\"CS\",\"Value\":[\"ORIGINAL\",null,\"AXIAL\"]},"
                + "\"00081032\":{\"vr\":\"SQ\",\"Value\":[{"
                + "\"00080104\":{\"vr\":\"LO\",\"Value\":[\"Line\\nbreak\"]},"
                + "\"00282000\":{\"vr\":\"OB\",\"InlineBinary\":\"AQI=\"}}]},"
                + "\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"Müller^\\\"Jo\\\"\"}]},"
                + "\"00100030\":{\"vr\":\"DA\"},"
                + "\"00200013\":{\"vr\":\"IS\",\"Value\":[7]},"
                + "\"00280009\":{\"vr\":\"AT\",\"Value\":[\"00181063\"]},"
                + "\"00280010\":{\"vr\":\"US\",\"Value\":[512]},"
                + "\"00280030\":{\"vr\":\"DS\",\"Value\":[0.5,1]},"
                + "\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"bulk/7FE00010\"}}");
  }

  @Test
  void encapsulatedPixelsAreReferredToOrLeftOut() throws Exception {
    Attributes a = new Attributes();
    a.setFragments(Tag.PixelData, new Fragments(VR.OB));
    assertThat(DicomJson.toJson(a, (path, length) -> "frames"))
        .isEqualTo("{\"7FE00010\":{\"vr\":\"OB\",\"BulkDataURI\":\"frames\"}}");
    assertThat(DicomJson.toJson(a, (path, length) -> null)).isEqualTo("{}");
  }
}
