/**
 * Orders, analyses, findings and lines of the worklist, and the rules about them: who a study
 * belongs to, what is severe, what is read first. No transactions and no queries here.
 */
package org.vigil.analysis.domain;
