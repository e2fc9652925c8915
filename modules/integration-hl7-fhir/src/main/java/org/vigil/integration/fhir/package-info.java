/** FHIR R4 content and the client that sends it to an EHR. */
package org.vigil.integration.fhir;
