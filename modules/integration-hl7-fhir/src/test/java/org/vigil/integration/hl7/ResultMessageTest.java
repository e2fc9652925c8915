package org.vigil.integration.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import org.junit.jupiter.api.Test;
import org.vigil.integration.api.Deliveries.Kind;
import org.vigil.integration.domain.Parcels;

class ResultMessageTest {
  private final String message =
      ResultMessage.of(Parcels.parcel(Kind.HL7_ORU, Parcels.hl7(1), null));

  @Test
  void saysWhatTheModelSaidAsPreliminary() throws Exception {
    ORU_R01 oru = (ORU_R01) Hl7Context.parser().parse(message);
    var group = oru.getPATIENT_RESULT().getORDER_OBSERVATION();

    assertThat(oru.getMSH().encode())
        .isEqualTo(
            "MSH|^~\\&|VIGIL|ST-AGNES|RIS|RADIOLOGY|20261122021731+0100||ORU^R01^ORU_R01"
                + "|V6f1c0a523d7e4a0b9c5|P|2.5.1||||||UNICODE UTF-8");
    assertThat(oru.getPATIENT_RESULT().getPATIENT().getPID().encode())
        .isEqualTo("PID|1||40017^^^STAGNES^MR||Müller^Anna^Maria^Dr^Prof||19580304|F");
    assertThat(group.getORC().encode()).isEqualTo("ORC|RE|P-1001|F-1001|||||||||4711^Muster^Otto");
    assertThat(group.getOBR().getUniversalServiceIdentifier().getText().getValue())
        .isEqualTo("Chest two views & more");
    assertThat(group.getOBR().getPlacerField1().getValue()).isEqualTo("ACC-1001");
    assertThat(group.getOBR().getResultStatus().getValue()).isEqualTo("P");
    assertThat(group.getNTE(0).getComment(0).getValue())
        .contains("AI assistance is not diagnostic");
    assertThat(group.getOBSERVATIONReps()).isEqualTo(7);
  }

  @Test
  void givesEveryFindingADetectionAndAProbability() {
    assertThat(message)
        .contains(
            "OBX|4|CWE|36118008^Pneumothorax^SCT|1|260373001^Detected^SCT|||AA|||P",
            "OBX|5|NM|36118008^Pneumothorax^SCT|1|0.9812|1^probability^UCUM|<0.5000|AA|||P",
            "OBX|6|CWE|427359005^Solitary nodule of lung^SCT|2|260415000^Not detected^SCT||||||P",
            "OBX|7|NM|427359005^Solitary nodule of lung^SCT|2|0.0310|1^probability^UCUM|<0.6000||||P",
            "phantom-chest 1.0.0^VIGIL^2.25.123456789^ISO",
            "OBX|3|ST|111003^Algorithm Version^DCM||1.0.0|");
  }

  @Test
  void isTheSameMessageEachTime() {
    assertThat(ResultMessage.of(Parcels.parcel(Kind.HL7_ORU, Parcels.hl7(1), null)))
        .isEqualTo(message);
  }

  @Test
  void readsAnswers() {
    assertThat(Answer.read("MSH|^~\\&|RIS|R|VIGIL|S|2026||ACK|1|P|2.5.1\rMSA|AA|V1\r"))
        .hasValueSatisfying(
            answer -> {
              assertThat(answer.accepted()).isTrue();
              assertThat(answer.controlId()).isEqualTo("V1");
            });
    assertThat(Answer.read("MSH|^~\\&|RIS|\rMSA|AR|V1\rERR||MSH^1^9|200^Unsupported|E\r").get())
        .satisfies(answer -> assertThat(answer.rejected()).isTrue());
    assertThat(Answer.read("MSH|^~\\&|RIS|\rMSA|AR|V1\rERR||MSH^1|207^Internal|E\r").get())
        .satisfies(answer -> assertThat(answer.rejected()).isFalse());
    assertThat(Answer.read("HTTP/1.1 400")).isEmpty();
  }
}
