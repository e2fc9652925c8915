/**
 * Benchmarks: {@code ./vigil bench NAME}. Each names its inputs and versions and ends with one line
 * of JSON holding its figures and ratios. Nothing here asserts a speed; machines are noisy.
 */
package org.vigil.bench;
