package io.gild.cost.redis;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Section;
import io.gild.redis.RedisPurpose;
import io.gild.redis.RedisServerSettings;
import java.util.Map;

/**
 * The cached answers that are in Redis.
 *
 * @param redis where Redis is; each call waits for its answers at most as long as its timeout
 */
@Experimental
public record RedisAnswers(RedisServerSettings redis) {

  /** A part of the section {@code cached-answers}. */
  public static final Section<RedisAnswers> SECTION =
      Section.of("cached-answers", RedisAnswers.class)
          .defaults(
              PolicyTree.of(
                  Map.of(
                      "redis",
                      Map.of(
                          "url",
                          "redis://localhost:6379",
                          "timeout",
                          "100ms",
                          "prefix",
                          "gild:"))));

  /** What messages about failures say. */
  static final RedisPurpose PURPOSE =
      new RedisPurpose("cached-answers.redis", "give answers a shorter ttl", RedisUnavailable::new);
}
