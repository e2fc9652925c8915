/** Rows of identity in the platform schema. */
package org.vigil.identity.persistence;
