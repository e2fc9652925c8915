/**
 * HL7 v2 and FHIR: orders in over MLLP, results out to RIS, PACS and EHR, alerts until a person
 * acknowledges.
 *
 * <p>Owns the tenant tables {@code inbound_message}, {@code delivery}, {@code alert}, {@code
 * alert_recipient}; the MLLP port; the queue {@code vigil.delivery}. May use kernel, tenancy.api,
 * analysis.api, imaging.api.
 */
package org.vigil.integration;
