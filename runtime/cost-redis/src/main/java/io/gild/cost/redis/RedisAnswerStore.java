package io.gild.cost.redis;

import io.gild.config.Experimental;
import io.gild.core.GildLog;
import io.gild.cost.spi.AnswerStore;
import io.gild.cost.spi.StoredAnswer;
import io.gild.redis.RedisAddress;
import io.gild.redis.RedisCommands;
import io.gild.redis.RedisScript;
import io.gild.redis.RedisServerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * Cached answers in Redis; tested with version 7.0. All keys expire, and may be evicted at any
 * time.
 *
 * <p>While Redis cannot be reached, one operation a second tries again, and the others do not wait.
 */
@Experimental
public final class RedisAnswerStore implements AnswerStore {

  /** What Redis keeps of a scope that no JVM reads; its answers are then no longer found. */
  private static final Duration LIFE_OF_GENERATIONS = Duration.ofDays(7);

  private static final RedisScript GENERATION =
      RedisScript.read(
          "generation.lua", RedisAnswerStore.class.getResourceAsStream("generation.lua"));

  private final RedisCommands redis;
  private final String prefix;
  private final Outage outage =
      new Outage(
          "Until then, cached answers are kept in this JVM alone.",
          "Redis answers again: cached answers are shared.",
          System::nanoTime);

  /**
   * Creates a store on one server. It connects when it is used.
   *
   * @param settings where Redis is
   */
  public RedisAnswerStore(RedisAnswers settings) {
    this(
        RedisCommands.of(
            RedisAnswers.PURPOSE,
            RedisAddress.of(settings.redis().url()),
            settings.redis().timeout()),
        settings);
  }

  /**
   * Creates a store with a client, as for a cluster or sentinels.
   *
   * @param client is closed with the store
   * @param place names the server in messages, such as {@code redis.acme.com:6379}
   * @param settings the prefix; the URL and the timeout are not used
   */
  public RedisAnswerStore(UnifiedJedis client, String place, RedisAnswers settings) {
    this(new RedisCommands(RedisAnswers.PURPOSE, client, place, () -> {}), settings);
  }

  private RedisAnswerStore(RedisCommands redis, RedisAnswers settings) {
    RedisServerSettings.requirePrefix(settings.redis().prefix());
    this.redis = redis;
    this.prefix = settings.redis().prefix();
  }

  @Override
  public @Nullable StoredAnswer get(String partition, String key) {
    byte[] name = name(partition, key);
    return outage.runOptional(() -> redis.call("read a cached answer", true, () -> read(name)));
  }

  private @Nullable StoredAnswer read(byte[] name) {
    try (AbstractPipeline pipeline = redis.client().pipelined()) {
      Response<byte[]> content = pipeline.get(name);
      Response<Long> millis = pipeline.pttl(name);
      pipeline.sync();
      boolean present = content.get() != null && millis.get() > 0;
      return present ? new StoredAnswer(content.get(), Duration.ofMillis(millis.get())) : null;
    }
  }

  @Override
  public void put(String partition, String key, byte[] content, Duration ttl) {
    byte[] name = name(partition, key);
    SetParams life = SetParams.setParams().px(ttl.toMillis());
    outage.runOptional(() -> {
      try {
        return redis.call(
            "store a cached answer", true, () -> redis.client().set(name, content, life));
      } catch (RedisUnavailable failure) {
        if (failure.getCause() instanceof JedisDataException) {
          // Such as a full server: it can still be read.
          GildLog.infoOnce(String.valueOf(failure.getMessage()));
          return null;
        }
        throw failure;
      }
    });
  }

  @Override
  public @Nullable String generation(String scope) {
    return generation(scope, "read");
  }

  @Override
  public @Nullable String renew(String scope) {
    return generation(scope, "renew");
  }

  private @Nullable String generation(String scope, String operation) {
    List<String> arguments =
        List.of(operation, UUID.randomUUID().toString(), LIFE_OF_GENERATIONS.toMillis() + "");
    return outage.runOptional(() ->
        (String)
            redis
                .run(
                    operation + " a generation of cached answers",
                    GENERATION,
                    List.of(prefix + "answer-generation:" + scope),
                    arguments,
                    true)
                .get(0));
  }

  private byte[] name(String partition, String key) {
    String escaped = partition.replace("%", "%25").replace(":", "%3A");
    return (prefix + "answer:" + escaped + ":" + key).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    redis.close();
  }
}
