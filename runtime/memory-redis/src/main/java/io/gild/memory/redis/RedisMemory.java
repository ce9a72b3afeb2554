package io.gild.memory.redis;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Section;
import io.gild.memory.MemoryException;
import io.gild.redis.RedisPurpose;
import io.gild.redis.RedisServerSettings;
import java.util.Map;

/**
 * The memory that is kept in Redis.
 *
 * @param redis where Redis is
 */
@Experimental
public record RedisMemory(RedisServerSettings redis) {

  /** A part of the section {@code memory}. */
  public static final Section<RedisMemory> SECTION =
      Section.of("memory", RedisMemory.class)
          .defaults(
              PolicyTree.of(
                  Map.of(
                      "redis",
                      Map.of(
                          "url", "redis://localhost:6379", "timeout", "2s", "prefix", "gild:"))));

  /** What messages about failures say. */
  static final RedisPurpose PURPOSE =
      new RedisPurpose(
          "memory.redis",
          "let sessions expire (memory.session.time-to-live)",
          MemoryException::new);
}
