package org.vigil.tenancy.api;

import org.vigil.kernel.TenantId;

/**
 * Fired as a CDI event once a hospital's edges refuse: connections that are open are to be ended.
 */
public record TenantClosed(TenantId tenant) {}
