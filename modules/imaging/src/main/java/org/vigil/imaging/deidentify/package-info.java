/** Copies of studies that identify nobody, made by the toolkit's profile (PS3.15 annex E). */
package org.vigil.imaging.deidentify;
