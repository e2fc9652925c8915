/** Use cases of tenancy: one public method a transaction. */
package org.vigil.tenancy.application;
