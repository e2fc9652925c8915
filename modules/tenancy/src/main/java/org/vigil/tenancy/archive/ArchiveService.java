package org.vigil.tenancy.archive;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vigil.kernel.Actor;
import org.vigil.kernel.AuditEvent;
import org.vigil.kernel.AuditEvent.Action;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.ErasureVeto;
import org.vigil.tenancy.api.RestoreParticipant;
import org.vigil.tenancy.api.TenantArchives;
import org.vigil.tenancy.api.TenantClosed;
import org.vigil.tenancy.api.TenantContext;
import org.vigil.tenancy.api.TenantFiles;
import org.vigil.tenancy.api.TenantStatus;
import org.vigil.tenancy.api.Tenants.CreateTenant;
import org.vigil.tenancy.application.Residency;
import org.vigil.tenancy.application.SchemaMigrations;
import org.vigil.tenancy.application.TenantRegistry;
import org.vigil.tenancy.application.TenantStore;
import org.vigil.tenancy.application.TenantTransitions;
import org.vigil.tenancy.archive.ArchiveManifest.Hospital;
import org.vigil.tenancy.archive.ArchiveManifest.StoredFile;
import org.vigil.tenancy.archive.ArchiveManifest.Table;

/** Exports, restores and erases hospitals, as the owner of their schemas and outside JTA. */
@ApplicationScoped
@Transactional(TxType.NOT_SUPPORTED)
public class ArchiveService implements TenantArchives {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveService.class);
  private static final int SHORTEST_PASSPHRASE = 12;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @Resource(lookup = "java:jboss/datasources/VigilOwner")
  private DataSource owner;

  @Inject private TenantStore store;
  @Inject private TenantRegistry registry;
  @Inject private TenantTransitions transitions;
  @Inject private SchemaMigrations migrations;
  @Inject private Residency residency;
  @Inject private Instance<TenantFiles> files;
  @Inject private Instance<RestoreParticipant> participants;
  @Inject private Instance<ErasureVeto> vetoes;
  @Inject private ProofKey proofKey;
  @Inject private Event<AuditEvent> audit;
  @Inject private Event<TenantClosed> closed;

  @Override
  public Receipt export(TenantId id, char[] passphrase, Actor actor) {
    strong(passphrase);
    TenantStatus status = TenantContext.asPlatform(() -> store.status(id));
    residency.require(status);
    Path folder = residency.backup(id);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Path target = folder.resolve(id.value() + "-" + STAMP.format(now) + ".vigil");
    Path draft = folder.resolve("." + target.getFileName() + ".part");
    try {
      Residency.createPrivate(folder);
      ArchiveManifest manifest;
      try {
        manifest = write(draft, status, passphrase, now, actor);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
      note(Action.TENANT_EXPORTED, id, actor, manifest);
      return receipt(id, target, manifest);
    } catch (IOException | SQLException e) {
      throw new VigilException(
          ErrorCode.KERNEL_0001, Map.of("step", "export", "tenant", id.value()), e);
    }
  }

  private ArchiveManifest write(
      Path draft, TenantStatus status, char[] passphrase, Instant now, Actor actor)
      throws IOException, SQLException {
    TenantId id = status.tenant().id();
    try (ArchiveFile.Writer archive = new ArchiveFile.Writer(draft, passphrase);
        Connection connection = owner.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try {
        Rows rows = new Rows(connection);
        List<Table> tables = rows.write(id.schema(), archive::next);
        List<Table> platform = rows.writePlatform(id, archive::next);
        Map<String, List<String>> partitions = rows.catalogue().partitions(id.schema());
        Map<String, Long> sequences = rows.catalogue().sequences(id.schema());
        List<String> versions = rows.catalogue().versions(id.schema());
        // After the snapshot: an object is there before its row is, and never changes.
        List<StoredFile> objects = new ArrayList<>();
        for (TenantFiles source : files) {
          source.forEach(
              id,
              (path, content) -> {
                HashingStream entry = archive.next(ArchiveFile.FILES + path);
                content.transferTo(entry);
                objects.add(new StoredFile(path, entry.bytes(), entry.sha256()));
              });
        }
        ArchiveManifest manifest =
            new ArchiveManifest(
                ArchiveManifest.FORMAT,
                hospital(status),
                now,
                actor.name(),
                versions,
                tables,
                platform,
                partitions,
                sequences,
                objects);
        archive.finish(manifest);
        return manifest;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  @Override
  public Receipt restore(Path archive, char[] passphrase, TenantId as, Actor actor) {
    residency.requireArchive(archive);
    ArchiveManifest manifest = ArchiveFile.verify(archive, passphrase);
    TenantId id = as == null ? TenantId.of(manifest.hospital().id()) : as;
    if (!migrations.knownVersions().containsAll(manifest.schemaVersions())) {
      throw new VigilException(ErrorCode.TENANCY_0017, Map.of("tenant", id.value()));
    }
    if (TenantContext.asPlatform(() -> store.exists(id))) {
      throw new VigilException(ErrorCode.TENANCY_0018, Map.of("tenant", id.value()));
    }
    TenantContext.asPlatform(
        () -> {
          store.describe(described(id, manifest.hospital()), null);
          return null;
        });
    try {
      migrations.prepareTenant(id, newest(manifest.schemaVersions()));
      put(archive, passphrase, manifest, id);
      migrations.prepareTenant(id);
      TenantContext.asPlatform(
          () -> {
            store.activate(id);
            return store.change(id, t -> t.awaitReopening(), null);
          });
    } catch (IOException | SQLException | RuntimeException e) {
      takeAway(id);
      if (e instanceof VigilException refusal) {
        throw refusal;
      }
      throw new VigilException(
          ErrorCode.KERNEL_0001,
          Map.of(
              "step",
              "restore",
              "tenant",
              id.value(),
              "sqlState",
              e instanceof SQLException s ? String.valueOf(s.getSQLState()) : ""),
          e);
    }
    registry.refresh();
    note(Action.TENANT_RESTORED, id, actor, manifest);
    transitions.reopen(id);
    return receipt(id, archive, manifest);
  }

  private void put(Path archive, char[] passphrase, ArchiveManifest manifest, TenantId id)
      throws IOException, SQLException {
    Map<String, Table> tables = byEntry(ArchiveFile.TABLES, manifest.tables());
    Map<String, Table> platform = byEntry(ArchiveFile.PLATFORM, manifest.platformTables());
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Rows rows = new Rows(connection);
        for (RestoreParticipant participant : participants) {
          participant.beforeRows(connection, id, manifest.partitions());
        }
        rows.open(id.schema(), manifest.tables());
        ArchiveFile.read(
            archive,
            passphrase,
            (name, content) -> {
              try {
                if (tables.containsKey(name)) {
                  rows.read(id.schema(), tables.get(name), content);
                } else if (platform.containsKey(name)) {
                  rows.readPlatform(platform.get(name), content, id);
                } else {
                  for (TenantFiles target : files) {
                    target.restore(id, name.substring(ArchiveFile.FILES.length()), content);
                  }
                }
              } catch (SQLException e) {
                throw new IOException(name, e);
              }
            });
        rows.close(id.schema(), manifest.tables(), manifest.sequences());
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /** A restore that failed leaves nothing. */
  private void takeAway(TenantId id) {
    try {
      remove(id);
      residency.forget(id);
    } catch (IOException | SQLException | RuntimeException e) {
      LOG.error("What a failed restore wrote of {} could not be taken away; erase it", id, e);
    }
  }

  @Override
  public ErasureProof erase(TenantId id, String confirmation, String reason, Actor actor) {
    if (!id.value().equals(confirmation) || reason == null || reason.isBlank()) {
      throw new VigilException(ErrorCode.TENANCY_0019, Map.of("tenant", id.value()));
    }
    TenantStatus status = TenantContext.asPlatform(() -> store.status(id));
    if (status.state() != TenantStatus.State.ERASING) {
      refuseWhileHeld(id);
      TenantContext.asPlatform(() -> store.change(id, t -> t.beginErasure(), null));
      registry.refresh();
      closed.fire(new TenantClosed(id));
    }
    residency.leave(id);
    try {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      Map<String, Long> counts = remove(id);
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("erased", id.value());
      said.put("at", now.toString());
      said.put("by", actor.name());
      said.put("reason", reason.strip());
      said.put("counts", counts);
      String statement = ArchiveFile.line(said);
      ErasureProof proof =
          new ErasureProof(
              id, now, actor.name(), reason.strip(), counts, statement, proofKey.sign(statement));
      TenantContext.asPlatform(
          () -> {
            store.keep(
                proof,
                ArchiveFile.line(counts),
                AuditEvent.of(Action.TENANT_ERASED, actor)
                    .on(id.value())
                    .with(Map.of("reason", reason.strip(), "signature", proof.signature())));
            return null;
          });
      residency.forget(id);
      registry.refresh();
      return proof;
    } catch (IOException | SQLException e) {
      throw new VigilException(
          ErrorCode.KERNEL_0001, Map.of("step", "erase", "tenant", id.value()), e);
    }
  }

  private void refuseWhileHeld(TenantId id) {
    for (ErasureVeto veto : vetoes) {
      Optional<String> reason =
          TenantContext.asPlatform(
              () -> {
                try (TenantContext.Scope scope = TenantContext.enter(id)) {
                  return veto.reasonToKeep();
                }
              });
      if (reason.isPresent()) {
        throw new VigilException(
            ErrorCode.TENANCY_0020, Map.of("tenant", id.value(), "because", reason.get()));
      }
    }
  }

  /** Takes a hospital's schema, role, platform rows and objects away; how many of each. */
  private Map<String, Long> remove(TenantId id) throws IOException, SQLException {
    Map<String, Long> counts = new TreeMap<>();
    long[] objects = new long[2];
    for (TenantFiles source : files) {
      source.forEach(
          id,
          (path, content) -> {
            objects[0]++;
            objects[1] += content.transferTo(OutputStream.nullOutputStream());
          });
      source.deleteAll(id);
    }
    counts.put("files", objects[0]);
    counts.put("bytes", objects[1]);
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Rows rows = new Rows(connection);
        counts.putAll(rows.dropSchema(id.schema()));
        counts.putAll(rows.deletePlatform(id));
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    return counts;
  }

  private void note(Action action, TenantId id, Actor actor, ArchiveManifest manifest) {
    TenantContext.asPlatform(
        () -> {
          audit.fire(
              AuditEvent.of(action, actor)
                  .on(id.value())
                  .with(
                      Map.of(
                          "rows", Long.toString(manifest.rows()),
                          "files", Integer.toString(manifest.files().size()),
                          "bytes", Long.toString(manifest.bytes()))));
          return null;
        });
  }

  private static Hospital hospital(TenantStatus status) {
    return new Hospital(
        status.tenant().id().value(),
        status.tenant().name(),
        status.tenant().timeZone().getId(),
        status.tenant().aeTitle(),
        status.tenant().receivingFacility(),
        status.queueShare());
  }

  private static CreateTenant described(TenantId id, Hospital hospital) {
    return new CreateTenant(
        id,
        hospital.name(),
        ZoneId.of(hospital.timeZone()),
        hospital.aeTitle(),
        hospital.receivingFacility(),
        List.of(),
        List.of(),
        null,
        hospital.queueShare());
  }

  private static Receipt receipt(TenantId id, Path archive, ArchiveManifest manifest) {
    Map<String, Long> rows = new TreeMap<>();
    Map<String, String> hashes = new TreeMap<>();
    manifest
        .tables()
        .forEach(
            t -> {
              rows.put(t.name(), t.rows());
              hashes.put(t.name(), t.sha256());
            });
    manifest
        .platformTables()
        .forEach(
            t -> {
              rows.put("platform." + t.name(), t.rows());
              hashes.put("platform." + t.name(), t.sha256());
            });
    String all =
        manifest.files().stream()
            .sorted(Comparator.comparing(StoredFile::path))
            .map(f -> f.path() + " " + f.bytes() + " " + f.sha256() + "\n")
            .collect(Collectors.joining());
    return new Receipt(
        id,
        archive,
        manifest.createdAt(),
        rows,
        hashes,
        manifest.files().size(),
        manifest.bytes(),
        HexFormat.of()
            .formatHex(HashingStream.sha256Digest().digest(all.getBytes(StandardCharsets.UTF_8))));
  }

  private static Map<String, Table> byEntry(String folder, List<Table> tables) {
    return tables.stream()
        .collect(Collectors.toMap(t -> folder + t.name() + ArchiveFile.ROWS, t -> t));
  }

  private static String newest(List<String> versions) {
    return versions.stream().max(Comparator.naturalOrder()).orElse("0");
  }

  private static void strong(char[] passphrase) {
    if (passphrase == null || passphrase.length < SHORTEST_PASSPHRASE) {
      throw new VigilException(
          ErrorCode.KERNEL_0003, Map.of("field", "passphrase", "shortest", SHORTEST_PASSPHRASE));
    }
  }
}
