/**
 * What runs from start to stop: the MLLP listener and the clock of deliveries and escalations;
 * packaged in the EJB jar.
 */
package org.vigil.integration.startup;
