package io.gild.synchronizers.redis;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Section;
import io.gild.redis.RedisPurpose;
import io.gild.redis.RedisServerSettings;
import io.gild.synchronizers.SynchronizerException;
import java.util.Map;

/**
 * The synchronizers that are in Redis.
 *
 * @param redis where Redis is
 */
@Experimental
public record RedisSynchronizers(RedisServerSettings redis) {

  /** A part of the section {@code synchronizers}. */
  public static final Section<RedisSynchronizers> SECTION =
      Section.of("synchronizers", RedisSynchronizers.class)
          .defaults(
              PolicyTree.of(
                  Map.of(
                      "redis",
                      Map.of(
                          "url", "redis://localhost:6379", "timeout", "2s", "prefix", "gild:"))));

  /** What messages about failures say. */
  static final RedisPurpose PURPOSE =
      new RedisPurpose(
          "synchronizers.redis", "take elements from its queues", SynchronizerException::new);
}
