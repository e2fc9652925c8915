/** JPA mappings of {@code study}, {@code series}, {@code instance} and their queries. */
package org.vigil.imaging.persistence;
