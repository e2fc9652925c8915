package org.vigil.dicom.data;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The items of a sequence (VR SQ, PS3.5 §7.5). An item that is added belongs to the sequence's data
 * set: it inherits its character set. An item can be in one sequence only.
 */
public final class Sequence extends AbstractList<Attributes> implements RandomAccess {

  private final Attributes parent;
  private final List<Attributes> items;

  Sequence(Attributes parent, int initialCapacity) {
    this.parent = parent;
    this.items = new ArrayList<>(initialCapacity);
  }

  @Override
  public Attributes get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public void add(int index, Attributes item) {
    item.setParent(parent);
    items.add(index, item);
    modCount++;
  }

  @Override
  public Attributes set(int index, Attributes item) {
    item.setParent(parent);
    Attributes before = items.set(index, item);
    before.setParent(null);
    return before;
  }

  @Override
  public Attributes remove(int index) {
    Attributes removed = items.remove(index);
    removed.setParent(null);
    modCount++;
    return removed;
  }
}
