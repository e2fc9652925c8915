package org.vigil.audit.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * A binary hash tree as in RFC 6962 §2.1: its root stands for all leaves in their order, and a path
 * of at most log₂(n) hashes proves that one leaf is among them.
 */
final class MerkleTree {
  private MerkleTree() {}

  /** The root; of no leaves, the hash of nothing. */
  static byte[] root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return new Sha256("empty").toBytes();
    }
    List<byte[]> level = leaves.stream().map(MerkleTree::leaf).toList();
    while (level.size() > 1) {
      level = parents(level);
    }
    return level.get(0);
  }

  /** Siblings from the leaf up; where a node has none it moves up as it is, and no step is made. */
  static List<Step> path(List<byte[]> leaves, int index) {
    List<Step> steps = new ArrayList<>();
    List<byte[]> level = leaves.stream().map(MerkleTree::leaf).toList();
    int position = index;
    while (level.size() > 1) {
      int sibling = position ^ 1;
      if (sibling < level.size()) {
        steps.add(new Step(level.get(sibling), sibling < position));
      }
      level = parents(level);
      position /= 2;
    }
    return steps;
  }

  /** The root to which a leaf's path leads. */
  static byte[] climb(byte[] leaf, List<Step> path) {
    byte[] hash = leaf(leaf);
    for (Step step : path) {
      hash = step.left() ? node(step.hash(), hash) : node(hash, step.hash());
    }
    return hash;
  }

  private static List<byte[]> parents(List<byte[]> level) {
    List<byte[]> next = new ArrayList<>((level.size() + 1) / 2);
    for (int i = 0; i < level.size(); i += 2) {
      next.add(i + 1 < level.size() ? node(level.get(i), level.get(i + 1)) : level.get(i));
    }
    return next;
  }

  private static byte[] leaf(byte[] content) {
    return new Sha256("leaf").bytes(content).toBytes();
  }

  private static byte[] node(byte[] left, byte[] right) {
    return new Sha256("node").bytes(left).bytes(right).toBytes();
  }

  /**
   * A sibling on the way up.
   *
   * @param left whether it stands left of the way
   */
  record Step(byte[] hash, boolean left) {}
}
