/** What other modules may use of inference. */
package org.vigil.inference.api;
