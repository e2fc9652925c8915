package org.vigil.tenancy.api;

import org.vigil.kernel.TenantId;

/**
 * Fired as a CDI event inside the transaction that switches a feature.
 *
 * @param modality (0008,0060), or null for all
 */
public record FeatureChanged(
    TenantId tenant, AiFeature feature, String modality, boolean enabled) {}
