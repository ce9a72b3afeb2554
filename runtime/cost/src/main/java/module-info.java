/** Routing over model tiers, the cache and budgets. */
module io.gild.cost {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires io.gild.semantic;
  requires com.github.benmanes.caffeine;

  exports io.gild.cost;
  exports io.gild.cost.spi;

  uses io.gild.cost.spi.AnswerStoreProvider;
  uses io.gild.cost.spi.BudgetStoreProvider;
  uses io.gild.cost.spi.TokenCounter;
  uses io.gild.cost.spi.TokenLimitStoreProvider;
  uses io.gild.core.spi.Embedder;

  provides io.gild.config.spi.SettingsModule with
      io.gild.cost.CostModule;
}
