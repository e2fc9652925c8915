/** What inference does when the application starts; an EJB module of its own in the EAR. */
package org.vigil.inference.startup;
