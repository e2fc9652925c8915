/**
 * Rules and rows of integration: what was received, what leaves, what waits for a person. Plain
 * Java and JPA mappings; no sockets.
 */
package org.vigil.integration.domain;
