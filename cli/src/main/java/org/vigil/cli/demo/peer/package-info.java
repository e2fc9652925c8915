/**
 * The hospital around Vigil, as the demo, the tests and the benchmarks play it: a RIS, a modality,
 * a PACS and an EHR, each speaking its real protocol and counting what it got.
 */
package org.vigil.cli.demo.peer;
