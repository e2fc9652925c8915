/**
 * {@code ./vigil demo}: plays a night through every real protocol and counts what came of it from
 * what the receivers got and what the database holds.
 */
package org.vigil.cli.demo;
