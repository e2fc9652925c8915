/** The hospitals' data keys and the master key that wraps them (docs/encryption.md). */
package org.vigil.tenancy.keys;
