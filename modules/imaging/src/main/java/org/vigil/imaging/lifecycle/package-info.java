/**
 * What becomes of stored objects: hot, warm and cold tiers, lossless compression on the way, and
 * release once a PACS has committed them. Nothing here changes what was received; every step can be
 * interrupted and repeated.
 */
package org.vigil.imaging.lifecycle;
