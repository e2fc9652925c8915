package org.vigil.web.dicomweb;

import jakarta.ws.rs.core.UriInfo;

/** The service's own address, as its answers refer to it. */
final class Base {
  private Base() {}

  /** Without a slash at the end. */
  static String of(UriInfo uri) {
    String base = uri.getBaseUri().toString();
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }
}
