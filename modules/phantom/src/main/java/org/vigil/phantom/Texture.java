package org.vigil.phantom;

/** Smooth random fields: values on a coarse lattice, interpolated, several sizes added up. */
final class Texture {
  private Texture() {}

  /**
   * A field with values of about −1 to 1.
   *
   * @param size cells a side of the result
   * @param cell cells between the coarsest lattice points
   * @param octaves how many sizes; each is half as coarse and {@code fall} times as strong
   * @param fall from 0 to 1
   * @param dice chance
   */
  static Plane clouds(int size, double cell, int octaves, double fall, Dice dice) {
    Plane sum = new Plane(size);
    double strength = 1;
    double total = 0;
    for (int o = 0; o < octaves && cell >= 1.5; o++) {
      layer(sum, cell, (float) strength, dice);
      total += strength;
      strength *= fall;
      cell /= 2;
    }
    float norm = (float) (1 / total);
    float[] v = sum.values();
    for (int i = 0; i < v.length; i++) {
      v[i] *= norm;
    }
    return sum;
  }

  private static void layer(Plane sum, double cell, float strength, Dice dice) {
    int n = sum.size();
    int points = (int) Math.ceil(n / cell) + 2;
    float[] lattice = new float[points * points];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (float) dice.between(-1, 1);
    }
    int[] index = new int[n];
    float[] weight = new float[n];
    for (int i = 0; i < n; i++) {
      double p = i / cell;
      index[i] = (int) p;
      double f = p - index[i];
      weight[i] = (float) (f * f * (3 - 2 * f));
    }
    float[] row = new float[points];
    float[] v = sum.values();
    for (int y = 0; y < n; y++) {
      int a = index[y] * points;
      int b = a + points;
      float wy = weight[y];
      for (int i = 0; i < points; i++) {
        row[i] = strength * (lattice[a + i] + wy * (lattice[b + i] - lattice[a + i]));
      }
      int at = y * n;
      for (int x = 0; x < n; x++) {
        float l = row[index[x]];
        v[at + x] += l + weight[x] * (row[index[x] + 1] - l);
      }
    }
  }
}
