/** Which TLS Vigil speaks, on every port and to every peer (docs/encryption.md). */
package org.vigil.kernel.tls;
