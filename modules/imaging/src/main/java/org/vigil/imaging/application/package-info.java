/** Use cases of imaging, one public method a transaction. */
package org.vigil.imaging.application;
