/** Queries over analysis' own tables, in the schema of the current tenant. */
package org.vigil.analysis.persistence;
