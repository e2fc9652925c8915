package org.vigil.imaging.dicomweb;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.BulkData;
import org.vigil.dicom.data.DicomError;
import org.vigil.dicom.data.DicomException;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomJsonReader;
import org.vigil.dicom.io.DicomXmlReader;
import org.vigil.dicom.web.CompressedBulkData;
import org.vigil.imaging.api.StudyUploads.Value;
import org.vigil.imaging.domain.DicomNames;
import org.vigil.imaging.storage.Draft;
import org.vigil.imaging.storage.ObjectStore;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;

/**
 * Objects whose metadata and bulk data come as parts of their own (PS3.18 §10.5.1). Metadata is
 * held in memory; all values lie in one encrypted file until their objects are stored. Used by one
 * thread.
 */
final class PartedObjects implements AutoCloseable {
  /** Of all data sets of a request together. */
  private static final long LONGEST_METADATA = 32L << 20;

  private static final int MOST_VALUES = 100_000;
  private static final String OCTETS = "application/octet-stream";

  private final Draft spool;
  private final List<Described> objects = new ArrayList<>();
  private final Map<String, Kept> values = new HashMap<>();
  private long metadataRead;
  private int nameless;

  PartedObjects(ObjectStore store, TenantId tenant) {
    this.spool = store.begin(tenant);
  }

  /** An object without the values that it refers to. */
  record Described(Attributes dataset, List<Reference> references) {}

  /** A value of an element that lies elsewhere. */
  record Reference(Attributes dataset, int tag, VR vr, String uri) {}

  private static final class Kept {
    private final String mediaType;
    private final String transferSyntax;
    private final long offset;
    private final long length;
    private boolean ambiguous;
    private boolean used;

    Kept(Value value, long offset, long length) {
      this.mediaType = value.mediaType();
      this.transferSyntax = value.transferSyntaxUid();
      this.offset = offset;
      this.length = length;
    }
  }

  /**
   * Takes data sets: a DICOM JSON array, or one Native DICOM Model.
   *
   * @throws DicomException if they are neither, or too long
   */
  void describe(InputStream metadata, boolean xml) throws IOException {
    List<Reference> references = new ArrayList<>();
    InputStreamReader text = new InputStreamReader(new Counted(metadata), StandardCharsets.UTF_8);
    if (xml) {
      described(
          DicomXmlReader.read(
              text, (dataset, tag, vr, uri) -> references.add(reference(dataset, tag, vr, uri))),
          references);
    } else {
      DicomJsonReader.readAll(
          text,
          (dataset, tag, vr, uri) -> references.add(reference(dataset, tag, vr, uri)),
          dataset -> described(dataset, references));
    }
  }

  private static Reference reference(Attributes dataset, int tag, VR vr, String uri) {
    return new Reference(dataset, tag, vr, uri == null ? "" : uri.strip());
  }

  private void described(Attributes dataset, List<Reference> references) {
    // What was text in the request is Unicode, whatever the object was encoded in before.
    dataset.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    dataset.removeIf(tag -> Tag.group(tag) <= 2);
    objects.add(new Described(dataset, List.copyOf(references)));
    references.clear();
  }

  /** Refuses metadata that memory is not meant for. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      metadataRead += Math.max(0, read);
      if (metadataRead > LONGEST_METADATA) {
        throw new DicomException(
            DicomError.VALUE_TOO_LONG,
            "Metadata is longer than " + (LONGEST_METADATA >> 20) + " MiB");
      }
      return read;
    }

    /** The part's stream is the request's. */
    @Override
    public void close() {}
  }

  /**
   * Keeps a value on disk until it is asked for.
   *
   * @throws VigilException IMAGING-0006 when the disk is full
   */
  void keep(Value value) throws IOException {
    long offset = spool.length();
    value.content().transferTo(spool.out());
    spool.out().flush();
    if (value.location() == null) {
      nameless++;
      return;
    }
    Kept before =
        values.putIfAbsent(value.location(), new Kept(value, offset, spool.length() - offset));
    if (before != null) {
      before.ambiguous = true;
    }
    if (values.size() > MOST_VALUES) {
      throw new DicomException(
          DicomError.VALUE_TOO_LONG, "There are more than " + MOST_VALUES + " parts");
    }
  }

  /** The objects, when everything has come. */
  List<Described> all() {
    spool.seal();
    return objects;
  }

  /** How many values no object has asked for. */
  int left() {
    return nameless + (int) values.values().stream().filter(value -> !value.used).count();
  }

  /**
   * Puts the values where an object refers to them.
   *
   * @return the transfer syntax in which it is to be encoded
   * @throws VigilException IMAGING-0096, IMAGING-0097
   */
  String complete(Described object) throws IOException {
    String syntax = UID.ExplicitVRLittleEndian;
    for (Reference reference : object.references()) {
      Kept kept = values.get(reference.uri());
      if (kept == null || kept.ambiguous || reference.vr() == VR.SQ) {
        if (kept != null) {
          kept.used = true;
        }
        throw refused(
            ErrorCode.IMAGING_0096,
            reference.tag(),
            kept == null ? "no part" : kept.ambiguous ? "two parts" : "is a sequence");
      }
      kept.used = true;
      BulkData bytes = new BulkData(spool.content(), kept.offset, kept.length);
      if (reference.tag() != Tag.PixelData) {
        reference.dataset().setBulkData(reference.tag(), reference.vr(), bytes);
      } else {
        syntax = pixels(object, reference, kept, bytes).orElse(syntax);
      }
    }
    return syntax;
  }

  /** The transfer syntax of compressed pixels; empty where they are native. */
  private static Optional<String> pixels(
      Described object, Reference reference, Kept kept, BulkData bytes) throws IOException {
    Optional<CompressedBulkData> compressed;
    try {
      compressed = CompressedBulkData.of(kept.mediaType, kept.transferSyntax, bytes);
    } catch (DicomException e) {
      throw refused(ErrorCode.IMAGING_0097, Tag.PixelData, e.getMessage());
    }
    Attributes dataset = reference.dataset();
    if (compressed.isEmpty()) {
      boolean littleEndian =
          kept.transferSyntax == null
              || kept.transferSyntax.equals(UID.ExplicitVRLittleEndian)
              || kept.transferSyntax.equals(UID.ImplicitVRLittleEndian);
      if (!kept.mediaType.equals(OCTETS) || !littleEndian) {
        throw refused(ErrorCode.IMAGING_0097, Tag.PixelData, "is not of a known media type");
      }
      dataset.setBulkData(Tag.PixelData, reference.vr(), bytes);
      return Optional.empty();
    }
    if (dataset != object.dataset()) {
      throw refused(ErrorCode.IMAGING_0097, Tag.PixelData, "is compressed inside a sequence");
    }
    if (!compressed.get().holdsAllFrames() && dataset.getInt(Tag.NumberOfFrames, 1) > 1) {
      throw refused(ErrorCode.IMAGING_0097, Tag.PixelData, "is one frame of several");
    }
    dataset.setFragments(Tag.PixelData, compressed.get().fragments());
    compressed.get().describe(dataset);
    return Optional.of(compressed.get().transferSyntaxUid());
  }

  private static VigilException refused(ErrorCode code, int tag, String problem) {
    return new VigilException(
        code, Map.of("attribute", DicomNames.attribute(tag), "problem", problem));
  }

  @Override
  public void close() {
    spool.close();
  }
}
