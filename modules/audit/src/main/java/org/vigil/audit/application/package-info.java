/** Recording and reading the audit trail. */
package org.vigil.audit.application;
