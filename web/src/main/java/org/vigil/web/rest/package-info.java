/** REST resources under {@code /api} and the one way in which errors are answered. */
package org.vigil.web.rest;
