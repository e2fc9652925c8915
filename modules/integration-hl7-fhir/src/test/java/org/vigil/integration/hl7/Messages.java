package org.vigil.integration.hl7;

/** Orders of invented patients, as the types and versions differ. */
public final class Messages {
  public static final String ORM_23 =
      String.join(
          "\r",
          "MSH|^~\\&|RIS|RADIOLOGY|VIGIL|ST-AGNES|202611220217||ORM^O01|M0001|P|2.3",
          "PID|||90017^^^OTHER^SS~40017^^^STAGNES^MR||Beispiel^Anna^Maria^Dr^Prof||19580304|F",
          "PV1||E",
          "ORC|NW|P-1001|F-1001||||^^^202611220217^^S||20261122021500|||4711^Muster^Otto^^^Dr",
          "OBR|1|P-1001|F-1001|71046^Chest two views^C4|||||||||Dyspnoea|||||ACC-1001||||||CR|||^^^^^R",
          "");

  public static final String OMG_251 =
      String.join(
          "\r",
          "MSH|^~\\&|RIS|RADIOLOGY|VIGIL|ST-AGNES|20261122021700+0100||OMG^O19^OMG_O19|M0002|P|2.5.1"
              + "||||||UNICODE UTF-8",
          "PID|1||40018^^^STAGNES&1.2.3&ISO^MR||Müller^Jörg||19700101|M",
          "ORC|NW|P-1002^RIS",
          "TQ1|1||||||||A",
          "OBR|1|P-1002^RIS||71045^Chest one view^C4||||||||||||4712^Probe^Eva^^^Dr||ACC-1002"
              + "||||||DX|||||||R06.0^Shortness of breath^I10",
          "ORC|NW|P-1003^RIS",
          "OBR|1|P-1003^RIS||70450^CT head^C4||||||||||||||ACC-1003||||||CT",
          "");

  public static final String OMI_25 =
      String.join(
          "\r",
          "MSH|^~\\&|RIS|RADIOLOGY|VIGIL|ST-AGNES|20261122021700||OMI^O23^OMI_O23|M0003|P|2.5",
          "PID|1||40019^^^STAGNES^MR||Exempel^Eva||1961|O",
          "ORC|XO|P-1004|F-1004|||||||||4713^Test^Ute",
          "TQ1|1||||||||R",
          "OBR|1|P-1004|F-1004|71046^Chest two views^C4",
          "IPC|ACC-1004|RP1|1.2.3.4|SPS1|DX|71046^Chest^C4",
          "");

  private Messages() {}
}
