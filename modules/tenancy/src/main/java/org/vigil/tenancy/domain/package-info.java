/** Rules of tenancy. */
package org.vigil.tenancy.domain;
