package org.vigil.imaging.lifecycle;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.vigil.dicom.data.ByteSource;
import org.vigil.imaging.domain.ObjectLocation;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.imaging.persistence.InstanceEntity;
import org.vigil.imaging.persistence.NewPlace;
import org.vigil.imaging.storage.Draft;
import org.vigil.imaging.storage.LosslessCopy;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/**
 * Moves one object to another tier: the new file is named in the database, written, read back and
 * compared with the SHA-256 that the row remembers; then the row is changed, and only then is the
 * old file given up. Whatever breaks off in between leaves the object where it was.
 */
@ApplicationScoped
public class TierMoves {
  @Inject private ObjectStore store;
  @Inject private TierLedger ledger;

  /**
   * How it went.
   *
   * @param moved false when somebody else has moved it meanwhile
   * @param savedBytes by compressing; 0 when it was copied as it lay
   */
  record Moved(boolean moved, boolean compressed, long savedBytes) {}

  /**
   * Moves an object, compressed where that is smaller and loses nothing.
   *
   * @throws VigilException CRYPTO-0002 when what lies there is damaged, IMAGING-0005 when it is
   *     missing, IMAGING-0006 or IMAGING-0091 when the tier cannot be written
   */
  Moved moveCompressed(TenantId tenant, InstanceEntity object, StorageTier tier) {
    if (!object.isCompressed() && object.hasPixelData()) {
      Optional<Moved> compressed = compress(tenant, object, tier);
      if (compressed.isPresent()) {
        return compressed.get();
      }
    }
    return move(tenant, object, tier);
  }

  /** Moves an object as it lies; throws as {@link #moveCompressed}. */
  Moved move(TenantId tenant, InstanceEntity object, StorageTier tier) {
    String location = tier.place(object.location());
    ledger.aboutToWrite(location);
    try {
      store.copy(tenant, object.location(), location);
      requireSame(store.source(tenant, location, object.storedAs()), object.storedSha256());
    } catch (IOException | VigilException e) {
      throw givenUp(location, e);
    }
    return new Moved(ledger.moved(object, NewPlace.same(object, location)), false, 0);
  }

  private Optional<Moved> compress(TenantId tenant, InstanceEntity object, StorageTier tier) {
    ByteSource original = store.source(tenant, object.location(), object.storedAs());
    try (Draft draft = store.begin(tenant)) {
      Optional<Long> restored = LosslessCopy.write(original, draft);
      if (restored.isEmpty()) {
        return Optional.empty();
      }
      // The pixels were compared; that they are those received is said by the hash alone.
      requireSame(original, object.storedSha256());
      String location = tier.place(ObjectLocation.withContent(object.location(), draft.sha256()));
      ledger.aboutToWrite(location);
      try {
        draft.keep(location);
        requireSame(store.source(tenant, location, draft.storedAs()), draft.sha256());
      } catch (IOException | VigilException e) {
        throw givenUp(location, e);
      }
      NewPlace place =
          new NewPlace(
              location,
              draft.storedAs(),
              LosslessCopy.TRANSFER_SYNTAX,
              draft.sha256(),
              draft.length(),
              restored.get());
      return Optional.of(
          new Moved(ledger.moved(object, place), true, object.bytes() - draft.length()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The half-done file goes with the next sweep. */
  private VigilException givenUp(String location, Exception e) {
    ledger.notNeeded(location);
    return e instanceof VigilException known ? known : unreadable((IOException) e);
  }

  private static VigilException unreadable(IOException e) {
    return e instanceof NoSuchFileException
        ? new VigilException(ErrorCode.IMAGING_0005, Map.of("cause", "no file"), e)
        : damaged(e);
  }

  private static VigilException damaged(IOException e) {
    return new VigilException(
        ErrorCode.CRYPTO_0002, Map.of("problem", String.valueOf(e.getMessage())), e);
  }

  private static void requireSame(ByteSource file, String sha256) throws IOException {
    try (InputStream in = file.open(0)) {
      DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
      byte[] buffer = new byte[256 * 1024];
      while (digesting.read(buffer) >= 0) {
        continue;
      }
      String found = HexFormat.of().formatHex(digesting.getMessageDigest().digest());
      if (!found.equals(sha256)) {
        throw new VigilException(
            ErrorCode.CRYPTO_0002, Map.of("problem", "not the bytes recorded (SHA-256)"));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
