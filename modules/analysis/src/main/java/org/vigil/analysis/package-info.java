/**
 * Orders, jobs, findings and the reading order: the rules by which the patient who cannot wait
 * comes first.
 *
 * <p>Owns the tenant tables {@code imaging_order}, {@code image_analysis}, {@code
 * analysis_finding}, {@code analysis_heat_map}, {@code worklist_entry}, {@code feedback}; produces
 * into the queue {@code vigil.inference}. May use kernel, tenancy.api, imaging.api.
 */
package org.vigil.analysis;
