package io.gild.cost.redis;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.cost.spi.AnswerStore;
import io.gild.cost.spi.AnswerStoreProvider;

/**
 * Opens the store {@code redis} of cached answers, at the server of {@code cached-answers.redis}.
 */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(AnswerStoreProvider.class)
public final class RedisAnswerStoreProvider implements AnswerStoreProvider {

  /** Creates the provider; the service loader does. */
  public RedisAnswerStoreProvider() {}

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public AnswerStore open(RuntimeScope runtime) {
    return new RedisAnswerStore(runtime.settings().get(RedisAnswers.SECTION));
  }
}
