package io.gild.vectors;

/**
 * A fixed number of vectors of length 1 at most, each with a sketch: its components in few bits. A
 * search reads the sketches, and the vectors of those rows alone that may be near enough.
 */
interface VectorBlock {

  /** Makes room for a row whose predecessors have room. */
  void makeRoom(int row);

  void set(int row, float[] unit);

  float[] get(int row);

  /** Copies a row of another block of the same kind. */
  void copy(VectorBlock from, int source, int row);

  /** Overwrites a row that was removed. */
  void clear(int row);

  /** Begins a search that will ask for bounds. */
  void sketch(WantedVector wanted);

  /** Returns a number that the similarity of a row does not exceed. */
  double similarityBound(int row, WantedVector wanted);

  /** Returns the similarity of a row. */
  float similarity(int row, WantedVector wanted);
}
