package io.gild.memory;

import io.gild.config.Experimental;
import java.util.Comparator;
import java.util.List;

/**
 * The similarity to a query that memories have although they have nothing to do with it.
 *
 * <p>Cosines cannot be added to other scores as they are: each model has its own range, and in many
 * models all texts are similar. What is above the floor can be: it is zero for all but the nearest
 * memories, so that an index has to find these only.
 *
 * @param similarity the floor; 0 to 1
 */
@Experimental
public record SimilarityFloor(double similarity) {

  /** The rank of the memory whose similarity is the floor. */
  public static final int RANK = 100;

  /**
   * Finds the floor for one query.
   *
   * @param similarities the cosines of the candidates, at least of the {@value #RANK} nearest, in
   *     any order
   * @return the similarity of the {@value #RANK}th nearest. Of {@code n} candidates, if there are
   *     fewer, the lowest similarity times {@code n / 100}. At least 0
   */
  public static SimilarityFloor among(List<Double> similarities) {
    double lowest =
        similarities.stream()
            .sorted(Comparator.reverseOrder())
            .limit(RANK)
            .reduce(0.0, (before, last) -> last);
    double known = Math.min(RANK, similarities.size()) / (double) RANK;
    return new SimilarityFloor(Math.max(0, lowest) * known);
  }

  /**
   * Returns what a similarity has above the floor.
   *
   * @param cosine the similarity of a memory; -1 to 1
   * @return 0 to 1
   */
  public double margin(double cosine) {
    return Math.max(0, cosine - similarity);
  }
}
