package org.vigil.analysis.api;

import org.vigil.kernel.Severity;

/**
 * Fired as a synchronous CDI event inside the transaction that records a result.
 *
 * @param order the order matched, or null; without one nobody is alerted and the RIS is not told
 * @param severity of the worst positive finding; ROUTINE when none is positive
 */
public record AnalysisCompleted(AnalysisView analysis, OrderView order, Severity severity) {}
