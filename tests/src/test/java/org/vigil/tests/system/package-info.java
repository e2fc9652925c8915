/**
 * What a hospital sees of Vigil, through the protocols it uses: orders by HL7, images by DICOM,
 * results at PACS, RIS and EHR, the reading list by REST. One class a theme; nothing is looked up
 * inside the server.
 */
package org.vigil.tests.system;
