package io.gild.cost.spi;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;

/** Opens stores of cached answers of one kind; found by {@link java.util.ServiceLoader}. */
@Experimental
public interface AnswerStoreProvider {

  /**
   * Returns the name that the settings use.
   *
   * @return a name such as {@code redis}, in {@code cached-answers.store}
   */
  String name();

  /**
   * Opens the store. It must not wait for a server.
   *
   * @param runtime has the settings and the clock
   * @return the store, of the runtime alone
   */
  AnswerStore open(RuntimeScope runtime);
}
