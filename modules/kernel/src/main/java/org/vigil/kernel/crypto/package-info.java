/**
 * Encryption at rest: the keys and the one file format that images, drafts, exports and backups
 * share (docs/encryption.md, ADR 0012).
 *
 * <p>AES-256-GCM in chunks by Google Tink's streaming AEAD (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár), behind a header of Vigil's that names the key and the object.
 */
package org.vigil.kernel.crypto;
