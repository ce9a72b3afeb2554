package io.gild.routing;

import java.util.List;

/**
 * Which tier was chosen and why.
 *
 * @param tier its position
 * @param reason what decided, in one word
 * @param complexity of the prompt, from 0 to 1; negative if it was not estimated
 * @param probability of a good answer; negative if it was not estimated
 * @param reasons what weighed most; empty if nothing was learned
 */
record RouteChoice(
    int tier, String reason, double complexity, double probability, List<String> reasons) {

  static RouteChoice of(int tier, String reason) {
    return new RouteChoice(tier, reason, -1, -1, List.of());
  }

  RouteChoice at(int other, String why) {
    return new RouteChoice(other, why, complexity, probability, reasons);
  }
}
