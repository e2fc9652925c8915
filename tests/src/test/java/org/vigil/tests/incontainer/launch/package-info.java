/** Starts, for Arquillian, the server that the in-container tests are deployed to. */
package org.vigil.tests.incontainer.launch;
