/** What other modules may use of analysis. */
package org.vigil.analysis.api;
