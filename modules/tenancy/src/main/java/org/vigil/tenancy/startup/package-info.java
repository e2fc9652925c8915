/** EJB start-up of tenancy: migrations before anything else. */
package org.vigil.tenancy.startup;
