package org.vigil.analysis.api;

import java.util.List;

/**
 * Fired as a synchronous CDI event when an order comes after its study was analysed, or a person
 * releases a quarantined study: the results that could not leave can leave now.
 */
public record StudyMatchedLate(OrderView order, List<AnalysisView> completed) {}
