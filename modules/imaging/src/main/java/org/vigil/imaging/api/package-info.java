/** What other modules may use of imaging. */
package org.vigil.imaging.api;
