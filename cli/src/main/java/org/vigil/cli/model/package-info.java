/** {@code ./vigil model}: looking at model packages without a server. */
package org.vigil.cli.model;
