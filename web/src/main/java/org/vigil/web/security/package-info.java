/** Who asks: tokens, sessions, roles, and the headers every answer carries. */
package org.vigil.web.security;
