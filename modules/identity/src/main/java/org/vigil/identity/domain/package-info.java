/** Rules of identity: passwords, one-time codes, refusals that grow. */
package org.vigil.identity.domain;
