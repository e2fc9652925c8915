/** Log-ins against real identity providers and directories. */
package org.vigil.tests.identity;
