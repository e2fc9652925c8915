/**
 * Models: packages and registry, preprocessing, the ONNX Runtime engine, and the consumer that runs
 * jobs by priority.
 *
 * <p>Owns the platform tables {@code model}, {@code model_version}, {@code deployment} and the
 * tenant table {@code inference_run}; consumes the queue {@code vigil.inference}. May use kernel,
 * tenancy.api, imaging.api, analysis.api.
 *
 * <p>{@code domain} and {@code engine} are plain Java: the command line and benchmarks use them
 * without a server.
 */
package org.vigil.inference;
