package io.gild.traffic;

import io.gild.config.Suggestions;
import java.util.Collection;
import java.util.stream.Collectors;

/** Sentences about a name that does not exist. */
final class Listed {

  private static final int MOST = 20;

  private Listed() {}

  /** Returns what there is instead, with the nearest name. */
  static String instead(String name, Collection<String> existing) {
    if (existing.isEmpty()) {
      return "There is none at all.";
    }
    String names = existing.stream().limit(MOST).sorted().collect(Collectors.joining(", "));
    String more = existing.size() > MOST ? " and " + (existing.size() - MOST) + " more" : "";
    return "There is " + names + more + "." + Suggestions.didYouMean(name, existing);
  }
}
