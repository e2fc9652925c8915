/** Vigil's certificate, what it trusts of others, and what hospitals ask of those who connect. */
package org.vigil.tenancy.tls;
