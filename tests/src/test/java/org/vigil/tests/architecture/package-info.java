/** The plan of the house, held by tests: see docs/architecture.md. */
package org.vigil.tests.architecture;
