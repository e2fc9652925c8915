/** The consumer of {@code vigil.delivery}; packaged in the EJB jar. */
package org.vigil.integration.messaging;
