/** The JMS side of analysis: it produces into {@code vigil.inference}. */
package org.vigil.analysis.queue;
