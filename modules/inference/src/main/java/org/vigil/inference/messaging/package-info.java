/** The queue {@code vigil.inference}; an EJB module of its own in the EAR. */
package org.vigil.inference.messaging;
