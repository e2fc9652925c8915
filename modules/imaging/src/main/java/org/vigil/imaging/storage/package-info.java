/** Where the bytes of objects lie, encrypted: a small seam behind which an archive can come. */
package org.vigil.imaging.storage;
