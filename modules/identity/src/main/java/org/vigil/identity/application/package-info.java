/** Use cases of identity: one public method a transaction. */
package org.vigil.identity.application;
