/**
 * Images: intake by C-STORE, storage, study completeness, DICOMweb, the result objects (SR,
 * secondary capture) that Vigil writes beside them, and what modalities and the PACS are asked and
 * told: worklist, queries and retrievals, procedure steps, priors, storage commitment.
 *
 * <p>Owns the tenant tables {@code study}, {@code series}, {@code instance}, {@code pacs_node},
 * {@code pacs_task}, {@code scheduled_procedure}, {@code prior_study}, {@code storage_commitment},
 * {@code commitment_request}, {@code performed_step}, {@code expected_instance}, {@code
 * storage_verification}, {@code storage_removal}, {@code storage_run} and the DICOM port (called AE
 * title = tenant). May use kernel, dicom, tenancy.api.
 */
package org.vigil.imaging;
