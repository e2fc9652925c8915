package org.vigil.tenancy.api;

import java.time.ZoneId;
import org.vigil.kernel.TenantId;

/**
 * A hospital as other modules see it.
 *
 * @param timeZone in which its DICOM and HL7 local times are read and written
 * @param aeTitle the called AE title by which its modalities and PACS address Vigil
 * @param receivingFacility the MSH-6 by which its RIS addresses Vigil
 */
public record TenantView(
    TenantId id, String name, ZoneId timeZone, String aeTitle, String receivingFacility) {}
