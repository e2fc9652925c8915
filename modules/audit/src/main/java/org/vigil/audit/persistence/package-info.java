/** How an audit event becomes a row. */
package org.vigil.audit.persistence;
