/** EJB start-up of audit: sealing and upkeep once the schemas are migrated. */
package org.vigil.audit.startup;
