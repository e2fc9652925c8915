/** The queue {@code vigil.delivery} as its producer sees it. */
package org.vigil.integration.queue;
