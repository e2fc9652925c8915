/** Rows of the model registry (platform schema) and of runs (the tenant's schema). */
package org.vigil.inference.persistence;
