/**
 * Use cases: one public method a transaction. Locks are taken in one order everywhere: match keys,
 * the study's line of the worklist, then orders and analyses.
 */
package org.vigil.analysis.application;
