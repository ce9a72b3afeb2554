/** Routing over model tiers, the cache and budgets. */
module io.gild.cost {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires com.github.benmanes.caffeine;

  exports io.gild.cost;

  provides io.gild.config.spi.SettingsModule with
      io.gild.cost.CostModule;
}
