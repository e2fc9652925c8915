package org.vigil.imaging.api;

import java.util.List;
import org.vigil.dicom.data.Attributes;

/**
 * One page of what a search has found (PS3.18 §8.3.4.4).
 *
 * @param page the matches asked for
 * @param remaining how many follow
 * @param counted whether {@code remaining} is all; else there are at least so many, and counting
 *     has been given up
 */
public record SearchMatches(List<Attributes> page, long remaining, boolean counted) {}
