/**
 * Running a model package with ONNX Runtime. Plain Java without Jakarta EE: the server, the command
 * line's {@code model evaluate} and the benchmarks share it.
 */
package org.vigil.inference.engine;
