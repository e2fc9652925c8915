package org.vigil.dicom.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Encapsulated pixel data (PS3.5 §A.4): a list of byte fragments, the first of which is the Basic
 * Offset Table and may be empty.
 */
public final class Fragments {

  private final VR vr;
  private final List<Object> fragments = new ArrayList<>();

  /** An empty list; {@code vr} is OB, or OW where a foreign object says so. */
  public Fragments(VR vr) {
    this.vr = vr;
  }

  /** OB, or OW where a foreign object says so. */
  public VR vr() {
    return vr;
  }

  /** Appends a fragment held in memory; the first one appended is the Basic Offset Table. */
  public void add(byte[] fragment) {
    fragments.add(fragment);
  }

  /** Appends a fragment that stays where it lies. */
  public void add(BulkData fragment) {
    fragments.add(fragment);
  }

  /** Number of fragments, the Basic Offset Table included. */
  public int size() {
    return fragments.size();
  }

  /** The fragments, each a {@code byte[]} or a {@link BulkData}. */
  public List<Object> asList() {
    return Collections.unmodifiableList(fragments);
  }

  /** Length in bytes of fragment {@code index}, 0 being the Basic Offset Table. */
  public long lengthOf(int index) {
    Object fragment = fragments.get(index);
    return fragment instanceof BulkData bulk ? bulk.length() : ((byte[]) fragment).length;
  }

  /** The bytes of fragment {@code index}, 0 being the Basic Offset Table. Not to be changed. */
  public byte[] bytesOf(int index) throws IOException {
    Object fragment = fragments.get(index);
    return fragment instanceof BulkData bulk ? bulk.toBytes() : (byte[]) fragment;
  }

  /** Copies fragment {@code index} to a stream. */
  public void writeTo(int index, OutputStream out) throws IOException {
    Object fragment = fragments.get(index);
    if (fragment instanceof BulkData bulk) {
      bulk.writeTo(out);
    } else {
      out.write((byte[]) fragment);
    }
  }

  @Override
  public String toString() {
    return "Fragments[" + vr + ", " + fragments.size() + "]";
  }
}
