package io.gild.routing;

import io.gild.core.Tier;

/** A tier that calls of a method may be sent to. */
record RoutedTier(String name, Tier tier) {

  String model() {
    return tier.model();
  }
}
