/** Where the bytes of objects lie: a small seam behind which encryption or an archive can come. */
package org.vigil.imaging.storage;
