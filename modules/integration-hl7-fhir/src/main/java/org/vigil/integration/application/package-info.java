/**
 * Use cases of integration: one public method a transaction, unless its documentation says that it
 * does network I/O outside one.
 */
package org.vigil.integration.application;
