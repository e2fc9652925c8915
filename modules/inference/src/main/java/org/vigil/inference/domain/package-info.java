/**
 * What a model package is and what it does to an image, apart from running the network: manifest,
 * package with its checksums, acceptance, preprocessing, heat maps.
 *
 * <p>Plain Java without Jakarta EE, so that the command line and benchmarks run the same code as
 * the server.
 */
package org.vigil.inference.domain;
