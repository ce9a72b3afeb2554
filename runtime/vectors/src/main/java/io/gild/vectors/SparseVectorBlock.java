package io.gild.vectors;

import java.util.Arrays;

/**
 * Vectors that are zero in most places, such as counts of words. Beside each vector's components,
 * every dimension has a list of the rows that are not zero there, with a sketch of their
 * components, so that a search reads only the dimensions in which the wanted vector is not zero.
 */
final class SparseVectorBlock implements VectorBlock {

  /** The most rows: so many that lists are long, and so few that the products fit the cache. */
  static final int ROWS = 4_096;

  /** Up to this share of other components than zero, a vector is sparse. */
  private static final int SPARSE_PART = 4;

  /** Place, value and code, and a part of the room in which the lists grow. */
  private static final long COMPONENT_BYTES = 2 + 4 + 4 + 1;

  private static final long ROW_BYTES = 60;
  private static final long LIST_BYTES = 28;
  private static final int FEW = 4;
  private static final int[] NONE = {};
  private static final char[] NO_PLACES = {};
  private static final float[] NO_VALUES = {};
  private static final int ROW_MASK = ROWS - 1;

  private final int dimensions;

  /** By dimension: a row in the upper half, and the code of its component in the lower one. */
  private final int[][] lists;

  /** How many rows are in each list. */
  private final short[] counts;

  private char[][] places = {};
  private float[][] values = {};

  /** The largest error of the sketches of all rows that ever were here. */
  private float error;

  SparseVectorBlock(int dimensions) {
    this.dimensions = dimensions;
    this.lists = new int[dimensions][];
    this.counts = new short[dimensions];
    Arrays.fill(lists, NONE);
  }

  /** Returns about how many bytes a vector takes: its components, their codes, and its arrays. */
  static long bytes(float[] unit) {
    return COMPONENT_BYTES * count(unit) + ROW_BYTES + LIST_BYTES * unit.length / ROWS;
  }

  private static int count(float[] unit) {
    int count = 0;
    for (float component : unit) {
      count += component == 0 ? 0 : 1;
    }
    return count;
  }

  /** Returns whether vectors like this one should be kept in sparse blocks. */
  static boolean suits(float[] unit) {
    return count(unit) <= unit.length / SPARSE_PART && unit.length <= SparseVector.MOST_DIMENSIONS;
  }

  @Override
  public void makeRoom(int row) {
    int room = places.length;
    if (row == room) {
      int more = Math.max(FEW, 2 * room);
      places = Arrays.copyOf(places, more);
      values = Arrays.copyOf(values, more);
      Arrays.fill(places, room, more, NO_PLACES);
      Arrays.fill(values, room, more, NO_VALUES);
    }
  }

  @Override
  public void set(int row, float[] unit) {
    clear(row);
    SparseVector vector = SparseVector.of(unit);
    places[row] = vector.places();
    values[row] = vector.values();
    error = Math.max(error, vector.error());
    for (int i = 0; i < vector.places().length; i++) {
      add(vector.places()[i], row << Short.SIZE | vector.codes()[i] & 0xFFFF);
    }
  }

  private void add(int place, int entry) {
    int[] list = lists[place];
    int count = counts[place]++;
    if (count == list.length) {
      list = Arrays.copyOf(list, Math.min(ROWS, Math.max(FEW, count + (count >> 1))));
      lists[place] = list;
    }
    list[count] = entry;
  }

  @Override
  public float[] get(int row) {
    float[] unit = new float[dimensions];
    for (int i = 0; i < places[row].length; i++) {
      unit[places[row][i]] = values[row][i];
    }
    return unit;
  }

  @Override
  public void copy(VectorBlock other, int source, int row) {
    SparseVectorBlock from = (SparseVectorBlock) other;
    set(row, from.get(source));
  }

  @Override
  public void clear(int row) {
    for (char place : places[row]) {
      remove(place, row);
    }
    places[row] = NO_PLACES;
    values[row] = NO_VALUES;
  }

  private void remove(int place, int row) {
    int[] list = lists[place];
    int at = 0;
    while (list[at] >>> Short.SIZE != row) {
      at++;
    }
    int last = --counts[place];
    list[at] = list[last];
    list[last] = 0;
  }

  @Override
  public void sketch(WantedVector wanted) {
    SparseVector sparse = wanted.sparse();
    int[] products = wanted.products();
    Arrays.fill(products, 0);
    for (int i = 0; i < sparse.places().length; i++) {
      int code = sparse.codes()[i];
      int[] list = lists[sparse.places()[i]];
      int count = counts[sparse.places()[i]];
      for (int j = 0; j < count; j++) {
        int entry = list[j];
        products[entry >>> Short.SIZE & ROW_MASK] += (short) entry * code;
      }
    }
  }

  @Override
  public double similarityBound(int row, WantedVector wanted) {
    return wanted.similarityBound(wanted.products()[row], error);
  }

  /** Sums in the same order as {@link Products}, where zeros change nothing. */
  @Override
  public float similarity(int row, WantedVector wanted) {
    float[] unit = wanted.unit();
    char[] at = places[row];
    float[] value = values[row];
    float[] lanes = new float[Products.LANES];
    int whole = dimensions - dimensions % Products.LANES;
    int i = 0;
    for (; i < at.length && at[i] < whole; i++) {
      lanes[at[i] % Products.LANES] += value[i] * unit[at[i]];
    }
    float sum =
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
            + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    for (; i < at.length; i++) {
      sum += value[i] * unit[at[i]];
    }
    return sum;
  }
}
