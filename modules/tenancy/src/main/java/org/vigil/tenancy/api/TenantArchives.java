package org.vigil.tenancy.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.vigil.kernel.Actor;
import org.vigil.kernel.TenantId;

/** A hospital as one encrypted file, and its end. For the platform's administrator. */
public interface TenantArchives {
  /**
   * Writes all there is of a hospital, as of one moment, into its region's folder of archives; its
   * edges stay open meanwhile.
   *
   * @throws org.vigil.kernel.VigilException TENANCY-0004; TENANCY-0015 when that folder lies
   *     outside its region; KERNEL-0003 when the passphrase is short
   */
  Receipt export(TenantId id, char[] passphrase, Actor actor);

  /**
   * Puts a hospital back from an archive. The whole archive is read and checked before anything is
   * written; where writing fails, what was written is taken away again.
   *
   * @param archive inside a folder of archives of this installation
   * @param as another id than the archived one, or null
   * @throws org.vigil.kernel.VigilException TENANCY-0016 when the archive does not open whole,
   *     TENANCY-0017 when it is of a newer version, TENANCY-0018 or TENANCY-0007 when its id or
   *     addresses are taken, TENANCY-0015
   */
  Receipt restore(Path archive, char[] passphrase, TenantId as, Actor actor);

  /**
   * Erases a hospital: schema, role, accounts, keys, objects. What stays is a row that says so,
   * signed.
   *
   * @param confirmation the id once more
   * @throws org.vigil.kernel.VigilException TENANCY-0019 without confirmation and reason,
   *     TENANCY-0020 while records must be kept, TENANCY-0004
   */
  ErasureProof erase(TenantId id, String confirmation, String reason, Actor actor);

  /**
   * What an archive holds.
   *
   * @param rows by table; those of the platform's with {@code platform.} before them
   * @param tableHashes SHA-256 of the text of COPY, by table
   * @param fileHash SHA-256 over path, length and hash of every object, in the order of the paths
   */
  record Receipt(
      TenantId tenant,
      Path archive,
      Instant createdAt,
      Map<String, Long> rows,
      Map<String, String> tableHashes,
      long files,
      long bytes,
      String fileHash) {}

  /**
   * That a hospital was erased.
   *
   * @param counts rows by table, and {@code files}, {@code bytes}
   * @param signature Ed25519 over the statement, Base64
   */
  record ErasureProof(
      TenantId tenant,
      Instant erasedAt,
      String erasedBy,
      String reason,
      Map<String, Long> counts,
      String statement,
      String signature) {}
}
