package org.vigil.tenancy.api;

import org.vigil.kernel.TenantId;

/**
 * Fired as a CDI event after a hospital's edges are open again, with the hospital entered: whoever
 * keeps work that waits for a message queues it again. Comes again where an observer failed.
 */
public record TenantReopened(TenantId tenant) {}
