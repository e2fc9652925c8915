package org.vigil.analysis.application;

import org.vigil.analysis.api.Worklist;
import org.vigil.kernel.TenantId;

/** Fired inside a transaction that changes a tenant's list; heard of only once it is committed. */
public record WorklistChanged(TenantId tenant, Worklist.Change change) {}
