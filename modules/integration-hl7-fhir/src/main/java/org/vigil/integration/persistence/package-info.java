/**
 * Queries over {@code inbound_message}, {@code delivery}, {@code alert} and {@code alert_recipient}
 * of the current tenant.
 */
package org.vigil.integration.persistence;
