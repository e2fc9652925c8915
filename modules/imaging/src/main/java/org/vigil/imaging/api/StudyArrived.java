package org.vigil.imaging.api;

/**
 * Fired as a synchronous CDI event inside the transaction that stores the first image of a study,
 * so that it can be on the worklist before it is complete.
 */
public record StudyArrived(StudyView study) {}
