/**
 * The HTTPS edge: log-in, REST, server-sent events, DICOMweb, and the page. Thin: it finds out who
 * asks, calls one use case and maps the outcome.
 *
 * <p>Owns no tables. May use every module's api.
 */
package org.vigil.web;
