package org.vigil.imaging.api;

/**
 * Fired as a synchronous CDI event, with the tenant entered, inside the transaction that marks the
 * study complete. Fired again with a higher version when late images complete it anew.
 */
public record StudyCompleted(StudyView study, java.util.List<InstanceView> instances) {}
