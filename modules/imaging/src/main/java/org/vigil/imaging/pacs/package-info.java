/**
 * Vigil as a client of the hospital's PACS: the line to each node with its circuit, echo, query,
 * retrieval and storage commitment.
 */
package org.vigil.imaging.pacs;
