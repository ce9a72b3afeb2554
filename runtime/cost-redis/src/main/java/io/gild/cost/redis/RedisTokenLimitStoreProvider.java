package io.gild.cost.redis;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.cost.spi.TokenLimitStore;
import io.gild.cost.spi.TokenLimitStoreProvider;

/**
 * Opens the store {@code redis} of token limits, at the server of {@code budget-accounts.redis}.
 */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(TokenLimitStoreProvider.class)
public final class RedisTokenLimitStoreProvider implements TokenLimitStoreProvider {

  /** Creates the provider; the service loader does. */
  public RedisTokenLimitStoreProvider() {}

  @Override
  public String name() {
    return "redis";
  }

  /** Opens the store; it connects when it is used, so that Redis may start later. */
  @Override
  public TokenLimitStore open(RuntimeScope runtime) {
    return new RedisTokenLimitStore(runtime.settings().get(RedisCost.SECTION), runtime.clock());
  }
}
