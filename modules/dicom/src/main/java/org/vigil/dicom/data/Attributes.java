package org.vigil.dicom.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * A data set: data elements in ascending tag order (PS3.5 §7.1).
 *
 * <p>Values that were read stay as the bytes they were, little-endian, and are decoded when asked
 * for; what is written back is what was read. Strings that are set are encoded when written, in the
 * character set of the nearest data set that has (0008,0005). Setting (0008,0005) re-encodes the
 * text already there, so no value changes its meaning.
 *
 * <p>Getters are tolerant: an element that is absent, empty or not a number where a number is asked
 * for gives null, an empty array or the caller's default. Setters are strict and throw {@link
 * IllegalArgumentException}.
 *
 * <p>Not safe for use by several threads while one of them writes.
 */
public final class Attributes {

  private static final byte[] NO_BYTES = {};
  private static final String[] NO_STRINGS = {};

  private int[] tags;
  private VR[] vrs;
  private Object[] values;
  private int size;
  private Attributes parent;
  private SpecificCharacterSet characterSet;

  /** Called for each element in ascending tag order; see {@link #forEach(Visitor)}. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One element.
     *
     * @param value a {@code byte[]} (little-endian, not to be changed), a {@code String[]}, a
     *     {@link Sequence}, a {@link Fragments} or a {@link BulkData}
     */
    void visit(int tag, VR vr, Object value) throws IOException;
  }

  /** An empty data set. */
  public Attributes() {
    this(32);
  }

  /** An empty data set with room for some elements. */
  public Attributes(int initialCapacity) {
    int capacity = Math.max(initialCapacity, 4);
    tags = new int[capacity];
    vrs = new VR[capacity];
    values = new Object[capacity];
  }

  /** A deep copy, without a parent; bulk data stays shared. */
  public Attributes(Attributes other) {
    this(other.size);
    addAll(other);
  }

  /** A deep copy of the elements whose tags pass. */
  public Attributes(Attributes other, IntPredicate selected) {
    this(other.size);
    addSelected(other, selected);
  }

  void setParent(Attributes parent) {
    if (parent != null && this.parent != null) {
      throw new IllegalArgumentException(
          "The item is already part of a sequence; add a copy: new Attributes(item)");
    }
    this.parent = parent;
  }

  /** The data set whose sequence this item belongs to, or null. */
  public Attributes parent() {
    return parent;
  }

  // --- elements ---------------------------------------------------------------------------------

  private int indexOf(int tag) {
    if (size == 0) {
      return -1;
    }
    int low = 0;
    int high = size - 1;
    int last = Integer.compareUnsigned(tags[high], tag);
    if (last <= 0) {
      return last == 0 ? high : -(size + 1);
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(tags[middle], tag);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }

  private void put(int tag, VR vr, Object value) {
    int index = indexOf(tag);
    if (index >= 0) {
      vrs[index] = vr;
      values[index] = value;
      return;
    }
    index = -(index + 1);
    if (size == tags.length) {
      int capacity = size * 2;
      tags = Arrays.copyOf(tags, capacity);
      vrs = Arrays.copyOf(vrs, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    System.arraycopy(tags, index, tags, index + 1, size - index);
    System.arraycopy(vrs, index, vrs, index + 1, size - index);
    System.arraycopy(values, index, values, index + 1, size - index);
    tags[index] = tag;
    vrs[index] = vr;
    values[index] = value;
    size++;
  }

  /** Number of elements. */
  public int size() {
    return size;
  }

  /** Whether there is no element. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The tags in ascending order. */
  public int[] tags() {
    return Arrays.copyOf(tags, size);
  }

  /** Whether the element is there, even if empty. */
  public boolean contains(int tag) {
    return indexOf(tag) >= 0;
  }

  /** Whether the element is there with a value. */
  public boolean containsValue(int tag) {
    Object value = getValue(tag);
    if (value == null) {
      return false;
    }
    if (value instanceof byte[] bytes) {
      return bytes.length > 0;
    }
    if (value instanceof String[] strings) {
      return strings.length > 0;
    }
    return !(value instanceof Sequence sequence) || !sequence.isEmpty();
  }

  /** The VR of an element, or null when it is absent. */
  public VR getVR(int tag) {
    int index = indexOf(tag);
    return index < 0 ? null : vrs[index];
  }

  /** The value as it is held, see {@link Visitor}; null when the element is absent. */
  public Object getValue(int tag) {
    int index = indexOf(tag);
    return index < 0 ? null : values[index];
  }

  /** Removes an element; returns whether it was there. */
  public boolean remove(int tag) {
    int index = indexOf(tag);
    if (index < 0) {
      return false;
    }
    if (values[index] instanceof Sequence sequence) {
      sequence.forEach(item -> item.setParent(null));
    }
    size--;
    System.arraycopy(tags, index + 1, tags, index, size - index);
    System.arraycopy(vrs, index + 1, vrs, index, size - index);
    System.arraycopy(values, index + 1, values, index, size - index);
    values[size] = null;
    if (tag == Tag.SpecificCharacterSet) {
      characterSet = null;
    }
    return true;
  }

  /** Removes every element whose tag passes; nested items are not looked into. */
  public void removeIf(IntPredicate unwanted) {
    for (int tag : tags()) {
      if (unwanted.test(tag)) {
        remove(tag);
      }
    }
  }

  /** Visits every element in ascending tag order. */
  public void forEach(Visitor visitor) throws IOException {
    for (int i = 0; i < size; i++) {
      visitor.visit(tags[i], vrs[i], values[i]);
    }
  }

  /** Adds a deep copy of every element of another data set, replacing what is there. */
  public void addAll(Attributes other) {
    addSelected(other, tag -> true);
  }

  /** Adds a deep copy of the elements whose tags pass, replacing what is there. */
  public void addSelected(Attributes other, IntPredicate selected) {
    // The character set first, so that copied bytes are not re-encoded a second time.
    SpecificCharacterSet source = other.characterSet();
    if (other.contains(Tag.SpecificCharacterSet) && selected.test(Tag.SpecificCharacterSet)) {
      setString(Tag.SpecificCharacterSet, VR.CS, other.getStrings(Tag.SpecificCharacterSet));
    }
    boolean sameCharacterSet = Arrays.equals(source.terms(), characterSet().terms());
    for (int i = 0; i < other.size; i++) {
      int tag = other.tags[i];
      if (tag == Tag.SpecificCharacterSet || !selected.test(tag)) {
        continue;
      }
      VR vr = other.vrs[i];
      Object value = other.values[i];
      if (value instanceof Sequence sequence) {
        Sequence copy = newSequence(tag, sequence.size());
        for (Attributes item : sequence) {
          Attributes itemCopy = new Attributes(item.size);
          copy.add(itemCopy);
          itemCopy.addAll(item);
        }
      } else if (value instanceof byte[] bytes && vr.isText() && !sameCharacterSet) {
        put(tag, vr, split(vr, source.decode(bytes)));
      } else {
        put(tag, vr, value);
      }
    }
  }

  /** Adds copies of the elements with these tags. */
  public void addSelected(Attributes other, int... selection) {
    int[] sorted = selection.clone();
    Arrays.sort(sorted);
    addSelected(other, tag -> Arrays.binarySearch(sorted, tag) >= 0);
  }

  // --- character set ----------------------------------------------------------------------------

  /** The character set in force here: of this data set, else of the data set around it. */
  public SpecificCharacterSet characterSet() {
    if (characterSet == null) {
      if (indexOf(Tag.SpecificCharacterSet) < 0) {
        return parent == null ? SpecificCharacterSet.ASCII : parent.characterSet();
      }
      characterSet = SpecificCharacterSet.of(getStrings(Tag.SpecificCharacterSet));
    }
    return characterSet;
  }

  /** Turns text that is held as bytes of the present character set into strings. */
  private void decodeText() {
    SpecificCharacterSet present = characterSet();
    for (int i = 0; i < size; i++) {
      if (values[i] instanceof byte[] bytes && vrs[i].isText()) {
        values[i] = split(vrs[i], present.decode(bytes));
      } else if (values[i] instanceof Sequence sequence) {
        for (Attributes item : sequence) {
          if (!item.contains(Tag.SpecificCharacterSet)) {
            item.decodeText();
          }
        }
      }
    }
  }

  // --- strings ----------------------------------------------------------------------------------

  private static String[] split(VR vr, String text) {
    if (text.isEmpty()) {
      return NO_STRINGS;
    }
    if (!vr.isMultiValued()) {
      String only = trim(vr, text);
      return only.isEmpty() ? NO_STRINGS : new String[] {only};
    }
    if (text.indexOf('\\') < 0) {
      String only = trim(vr, text);
      return only.isEmpty() ? NO_STRINGS : new String[] {only};
    }
    String[] parts = text.split("\\\\", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = trim(vr, parts[i]);
    }
    return parts;
  }

  private static String trim(VR vr, String text) {
    int start = 0;
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == 0)) {
      end--;
    }
    if (!vr.keepsLeadingSpaces()) {
      while (start < end && text.charAt(start) == ' ') {
        start++;
      }
    }
    return text.substring(start, end);
  }

  /** The character set's own name is read as ASCII, whatever VR a damaged object gives it. */
  private String decode(int tag, VR vr, byte[] bytes) {
    return (vr.isText() || vr == VR.UN) && tag != Tag.SpecificCharacterSet
        ? characterSet().decode(bytes)
        : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * All values as strings, padding removed; numbers of binary VRs in decimal, AT as eight
   * hexadecimal digits.
   *
   * @return the values, each perhaps empty; an empty array when the element is absent, empty, a
   *     sequence or bytes
   */
  public String[] getStrings(int tag) {
    int index = indexOf(tag);
    if (index < 0) {
      return NO_STRINGS;
    }
    VR vr = vrs[index];
    Object value = values[index];
    if (value instanceof String[] strings) {
      return strings.clone();
    }
    if (!(value instanceof byte[] bytes)) {
      return NO_STRINGS;
    }
    if (vr.isString()) {
      return split(vr, decode(tag, vr, bytes));
    }
    if (vr == VR.UN) {
      // Elements of unknown VR are often text; the caller who asks for a string knows.
      return split(VR.LO, decode(tag, vr, bytes));
    }
    String[] numbers = new String[NumberCodec.count(vr, bytes)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (vr) {
            case AT -> String.format("%08X", NumberCodec.toLong(vr, bytes, i));
            case FL, OF -> Float.toString((float) NumberCodec.toDouble(vr, bytes, i));
            case FD, OD -> Double.toString(NumberCodec.toDouble(vr, bytes, i));
            case UV, OV -> Long.toUnsignedString(NumberCodec.toLong(vr, bytes, i));
            default -> Long.toString(NumberCodec.toLong(vr, bytes, i));
          };
    }
    return numbers;
  }

  /** The first value as a string, or null when the element is absent or its value is empty. */
  public String getString(int tag) {
    return getString(tag, 0);
  }

  /** Value {@code index} (from 0) as a string, or null when there is none or it is empty. */
  public String getString(int tag, int index) {
    String[] strings = getStrings(tag);
    return index < strings.length && !strings[index].isEmpty() ? strings[index] : null;
  }

  /** The first value as a string, or the default when the element is absent or empty. */
  public String getString(int tag, String defaultValue) {
    String value = getString(tag, 0);
    return value == null ? defaultValue : value;
  }

  /** The first value as a person's name; an empty name when the element is absent. */
  public PersonName getPersonName(int tag) {
    return PersonName.parse(getString(tag));
  }

  /** Sets string values with the VR of the dictionary. */
  public void setString(int tag, String... strings) {
    setString(tag, ElementDictionary.vrOf(tag), strings);
  }

  /**
   * Sets string values; no value, or only null, leaves the element empty. Decimal (DS) and integer
   * (IS) strings are taken as they are.
   *
   * @throws IllegalArgumentException if the VR is not one of strings, or a value of a VR with
   *     several values contains a backslash
   */
  public void setString(int tag, VR vr, String... strings) {
    if (!vr.isString()) {
      throw new IllegalArgumentException(Tag.toString(tag) + ": " + vr + " holds no strings");
    }
    if (strings == null || strings.length == 0 || (strings.length == 1 && strings[0] == null)) {
      put(tag, vr, NO_STRINGS);
    } else {
      String[] copy = new String[strings.length];
      for (int i = 0; i < strings.length; i++) {
        copy[i] = strings[i] == null ? "" : strings[i];
        if (vr.isMultiValued() && copy[i].indexOf('\\') >= 0) {
          throw new IllegalArgumentException(
              Tag.toString(tag) + ": a backslash separates values; pass the values one by one");
        }
      }
      boolean onlyEmpty = copy.length == 1 && copy[0].isEmpty();
      if (tag == Tag.SpecificCharacterSet) {
        decodeText();
      }
      put(tag, vr, onlyEmpty ? NO_STRINGS : copy);
    }
    if (tag == Tag.SpecificCharacterSet) {
      characterSet = null;
    }
  }

  // --- numbers ----------------------------------------------------------------------------------

  /** All values as longs; IS and DS are parsed, what is no number gives 0. */
  public long[] getLongs(int tag) {
    int index = indexOf(tag);
    if (index >= 0 && vrs[index].isBinary() && values[index] instanceof byte[] bytes) {
      long[] longs = new long[NumberCodec.count(vrs[index], bytes)];
      for (int i = 0; i < longs.length; i++) {
        longs[i] = NumberCodec.toLong(vrs[index], bytes, i);
      }
      return longs;
    }
    return Arrays.stream(getStrings(tag)).mapToLong(s -> (long) parse(s, 0)).toArray();
  }

  /** All values as ints, see {@link #getLongs}; larger ones keep their lower 32 bits. */
  public int[] getInts(int tag) {
    return Arrays.stream(getLongs(tag)).mapToInt(l -> (int) l).toArray();
  }

  /** All values as doubles; IS and DS are parsed, what is no number gives NaN. */
  public double[] getDoubles(int tag) {
    int index = indexOf(tag);
    if (index >= 0 && vrs[index].isBinary() && values[index] instanceof byte[] bytes) {
      double[] doubles = new double[NumberCodec.count(vrs[index], bytes)];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = NumberCodec.toDouble(vrs[index], bytes, i);
      }
      return doubles;
    }
    return Arrays.stream(getStrings(tag)).mapToDouble(s -> parse(s, Double.NaN)).toArray();
  }

  private static double parse(String number, double defaultValue) {
    try {
      return Double.parseDouble(number.trim());
    } catch (NumberFormatException e) {
      return defaultValue;
    }
  }

  /** The first value as an int, or the default when there is none or it is no number. */
  public int getInt(int tag, int defaultValue) {
    double number = getDouble(tag, Double.NaN);
    return Double.isNaN(number) ? defaultValue : (int) (long) number;
  }

  /** The first value as a double, or the default when there is none or it is no number. */
  public double getDouble(int tag, double defaultValue) {
    int index = indexOf(tag);
    if (index < 0) {
      return defaultValue;
    }
    if (vrs[index].isBinary() && values[index] instanceof byte[] bytes) {
      return NumberCodec.count(vrs[index], bytes) == 0
          ? defaultValue
          : NumberCodec.toDouble(vrs[index], bytes, 0);
    }
    String first = getString(tag, 0);
    return first == null ? defaultValue : parse(first, defaultValue);
  }

  /** Sets integers with the VR of the dictionary ("US or SS" gives US). */
  public void setInt(int tag, int... ints) {
    setInt(tag, ElementDictionary.vrOf(tag), ints);
  }

  /** Sets integers of a binary VR, or of IS or DS. */
  public void setInt(int tag, VR vr, int... ints) {
    setLong(tag, vr, Arrays.stream(ints).asLongStream().toArray());
  }

  /** Sets integers of a binary VR, or of IS or DS. */
  public void setLong(int tag, VR vr, long... longs) {
    if (vr == VR.IS || vr == VR.DS) {
      setString(tag, vr, Arrays.stream(longs).mapToObj(Long::toString).toArray(String[]::new));
    } else {
      put(tag, vr, NumberCodec.ofLongs(vr, longs));
    }
  }

  /** Sets floating point numbers with the VR of the dictionary. */
  public void setDouble(int tag, double... doubles) {
    setDouble(tag, ElementDictionary.vrOf(tag), doubles);
  }

  /** Sets floating point numbers of FL, FD, OF, OD, or DS (at most 16 characters each). */
  public void setDouble(int tag, VR vr, double... doubles) {
    if (vr == VR.DS) {
      String[] strings =
          Arrays.stream(doubles).mapToObj(NumberCodec::toDecimalString).toArray(String[]::new);
      setString(tag, vr, strings);
    } else {
      put(tag, vr, NumberCodec.ofDoubles(vr, doubles));
    }
  }

  // --- bytes, sequences, bulk data
  // ----------------------------------------------------------------

  /**
   * The value's bytes, little-endian, strings in the present character set, without padding.
   *
   * @return the bytes, not to be changed, or null when the element is absent, a sequence or
   *     encapsulated
   * @throws DicomException if a string cannot be encoded, or bulk data cannot be read
   */
  public byte[] getBytes(int tag) throws IOException {
    int index = indexOf(tag);
    if (index < 0) {
      return null;
    }
    Object value = values[index];
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof BulkData bulk) {
      return bulk.toBytes();
    }
    return value instanceof String[] strings ? encode(tag, vrs[index], strings) : null;
  }

  private byte[] encode(int tag, VR vr, String[] strings) throws DicomException {
    if (strings.length == 0) {
      return NO_BYTES;
    }
    String joined = strings.length == 1 ? strings[0] : String.join("\\", strings);
    try {
      return (vr.isText() ? characterSet() : SpecificCharacterSet.ASCII).encode(joined);
    } catch (CharacterCodingException e) {
      throw new DicomException(
          DicomError.VALUE_NOT_ENCODABLE,
          "A value has characters that (0008,0005) Specific Character Set cannot carry; set it to"
              + " ISO_IR 192",
          tag,
          -1,
          e);
    }
  }

  /** Sets raw bytes, little-endian; the array is not copied. */
  public void setBytes(int tag, VR vr, byte[] bytes) {
    if (vr == VR.SQ) {
      throw new IllegalArgumentException(Tag.toString(tag) + ": a sequence has items, no bytes");
    }
    if (tag == Tag.SpecificCharacterSet) {
      decodeText();
      characterSet = null;
    }
    put(tag, vr, bytes == null ? NO_BYTES : bytes);
  }

  /** Sets an element without a value (type 2 elements, query keys). */
  public void setNull(int tag, VR vr) {
    if (vr == VR.SQ) {
      newSequence(tag, 0);
    } else {
      setBytes(tag, vr, NO_BYTES);
    }
  }

  /** Sets a value that stays where it lies. */
  public void setBulkData(int tag, VR vr, BulkData bulk) {
    put(tag, vr, bulk);
  }

  /** Sets encapsulated pixel data. */
  public void setFragments(int tag, Fragments fragments) {
    put(tag, fragments.vr(), fragments);
  }

  /** Encapsulated pixel data, or null when the element is absent or native. */
  public Fragments getFragments(int tag) {
    return getValue(tag) instanceof Fragments fragments ? fragments : null;
  }

  /** The items of a sequence, or null when the element is absent or no sequence. */
  public Sequence getSequence(int tag) {
    return getValue(tag) instanceof Sequence sequence ? sequence : null;
  }

  /** Sets an empty sequence and returns it, so that items can be added. */
  public Sequence newSequence(int tag, int initialCapacity) {
    Sequence sequence = new Sequence(this, initialCapacity);
    put(tag, VR.SQ, sequence);
    return sequence;
  }

  /** The first item of a sequence, or null when there is none. */
  public Attributes getNestedDataset(int tag) {
    return getNestedDataset(tag, 0);
  }

  /** Item {@code index} (from 0) of a sequence, or null when there is none. */
  public Attributes getNestedDataset(int tag, int index) {
    Sequence sequence = getSequence(tag);
    return sequence == null || index >= sequence.size() ? null : sequence.get(index);
  }

  // --- private elements -------------------------------------------------------------------------

  /**
   * Where a private element lies in this data set (PS3.5 §7.8.1).
   *
   * @param creator the private creator
   * @param tag group and, in the lower 8 bits, element inside the creator's block, for example
   *     {@code 0x00090001}
   * @return the tag, or -1 when the creator has reserved no block of the group
   */
  public int privateTag(String creator, int tag) {
    int group = tag & 0xFFFF0000;
    for (int block = 0x10; block <= 0xFF; block++) {
      if (creator.equals(getString(group | block))) {
        return group | block << 8 | tag & 0xFF;
      }
    }
    return -1;
  }

  /**
   * Like {@link #privateTag}, reserving the first free block where the creator has none.
   *
   * @throws IllegalArgumentException if the group is even or has no free block
   */
  public int reservePrivateTag(String creator, int tag) {
    if (!Tag.isPrivate(tag)) {
      throw new IllegalArgumentException(Tag.toString(tag) + " lies in a standard group");
    }
    int reserved = privateTag(creator, tag);
    if (reserved != -1) {
      return reserved;
    }
    int group = tag & 0xFFFF0000;
    for (int block = 0x10; block <= 0xFF; block++) {
      if (!contains(group | block)) {
        setString(group | block, VR.LO, creator);
        return group | block << 8 | tag & 0xFF;
      }
    }
    throw new IllegalArgumentException(Tag.toString(group) + " has no free private block");
  }

  /**
   * The creator of a private element, or null when the tag is not private or its block has none.
   */
  public String privateCreatorOf(int tag) {
    return !Tag.isPrivate(tag) || Tag.element(tag) < 0x1000
        ? null
        : getString(tag & 0xFFFF0000 | (tag >>> 8) & 0xFF);
  }

  // --- Object -----------------------------------------------------------------------------------

  /** Equal tags, VRs and values; strings are compared as text, whatever their encoding. */
  @Override
  public boolean equals(Object o) {
    if (!(o instanceof Attributes other) || other.size != size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (tags[i] != other.tags[i] || vrs[i] != other.vrs[i] || !sameValue(i, other)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameValue(int i, Attributes other) {
    if (vrs[i].isString()) {
      return Arrays.equals(getStrings(tags[i]), other.getStrings(tags[i]));
    }
    if (values[i] instanceof byte[] bytes) {
      return other.values[i] instanceof byte[] theirs && Arrays.equals(bytes, theirs);
    }
    return values[i].equals(other.values[i]);
  }

  @Override
  public int hashCode() {
    int hash = size;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + tags[i];
    }
    return hash;
  }

  /** Names the elements, not their values: values are patient data and must not reach a log. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Attributes[");
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : " ").append(Tag.toString(tags[i])).append(vrs[i]);
    }
    return text.append(']').toString();
  }
}
