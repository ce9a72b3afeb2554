/** Budgets, token limits and cached answers in Redis. */
module io.gild.cost.redis {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.redis;
  requires transitive io.gild.cost;

  exports io.gild.cost.redis;

  provides io.gild.config.spi.SettingsModule with
      io.gild.cost.redis.CostRedisModule;
  provides io.gild.cost.spi.AnswerStoreProvider with
      io.gild.cost.redis.RedisAnswerStoreProvider;
  provides io.gild.cost.spi.BudgetStoreProvider with
      io.gild.cost.redis.RedisBudgetStoreProvider;
  provides io.gild.cost.spi.TokenLimitStoreProvider with
      io.gild.cost.redis.RedisTokenLimitStoreProvider;
}
