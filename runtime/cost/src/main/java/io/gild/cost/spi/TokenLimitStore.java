package io.gild.cost.spi;

import io.gild.config.Experimental;
import io.gild.core.ProviderLimits;
import java.util.List;

/**
 * Keeps which requests and tokens were taken of limits per minute. In no minute, whenever it
 * begins, are there more than the limit. Thread-safe.
 *
 * <p>Requests wait in the order in which they came: one that must wait asks again, by the same
 * name, and a later one is granted only what those before it leave. If a store cannot be reached,
 * its methods throw a {@link RuntimeException}: the request is then sent, and the log says so.
 */
@Experimental
public interface TokenLimitStore extends AutoCloseable {

  /**
   * Takes what a request needs of all limits, or of none if it must wait. A request that must wait
   * keeps its place if it asks again within ten seconds.
   *
   * @param id names the request
   * @param claims at most one for each account; not empty
   * @return whether the request may start
   */
  TokenGrant acquire(String id, List<TokenClaim> claims);

  /**
   * Corrects how many tokens a request that was granted has really had. They belong to the minute
   * in which it started.
   *
   * @param id names the request
   * @param accounts the accounts of its claims
   * @param tokens its tokens
   */
  void settle(String id, List<String> accounts, long tokens);

  /**
   * Gives back everything of a request that is not sent, and its place if it waits.
   *
   * @param id names the request
   * @param accounts the accounts of its claims
   */
  void cancel(String id, List<String> accounts);

  /**
   * Learns from what a provider said. A limit that is lower than that of the claims applies in its
   * place; requests and tokens of others that share the provider's limit take room until the
   * provider's period is over.
   *
   * @param account the account
   * @param limits what the provider said
   */
  void learn(String account, ProviderLimits limits);

  /**
   * Starts no request for a while.
   *
   * @param account the account
   * @param nanos how long, from now; zero or more
   */
  void pause(String account, long nanos);

  /**
   * Returns how many tokens the requests of the last minute have.
   *
   * @param account the account
   * @return zero or more
   */
  long used(String account);

  /** Ends the use of the store. */
  @Override
  void close();
}
