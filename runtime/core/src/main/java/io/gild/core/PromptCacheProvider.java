package io.gild.core;

import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reports prompt caching that cannot take effect. There is no stage: the javaagent's libraries read
 * the policy when they send a request.
 */
final class PromptCacheProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.inside(Phase.ROUTE, "prompt cache");
  }

  @Override
  public Class<PromptCachePolicy> policy() {
    return PromptCachePolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    if (context.policies().get(PromptCachePolicy.class) != null && !HostClasses.attached()) {
      GildLog.infoOnce(
          context.spec().id()
              + " has the policy prompt-cache, which has no effect without the javaagent: only it"
              + " changes the requests of model libraries. Attach it, or mark the prompts yourself.");
    }
    return null;
  }
}
