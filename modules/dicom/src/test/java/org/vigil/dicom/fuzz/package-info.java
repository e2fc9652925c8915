/**
 * Coverage-guided fuzzing of everything that reads bytes from outside. {@code mvn verify} replays
 * the committed corpus; {@code mvn -Pfuzz test -pl modules/dicom} searches on. Whatever comes in, a
 * reader answers or throws an {@link java.io.IOException}, soon, and within the heap it is given.
 */
package org.vigil.dicom.fuzz;
