/** JMH benchmarks of the parts that decide how soon a critical study is on top. */
package org.vigil.bench.jmh;
