package io.gild.memory.redis;

import io.gild.memory.MemoryException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Sends commands to Redis and explains its failures. Connections that broke are replaced, so that
 * Redis may restart. Thread-safe.
 */
final class RedisCommands implements AutoCloseable {

  private final UnifiedJedis client;
  private final String place;
  private final Runnable reconnect;

  /**
   * Creates the commands.
   *
   * @param client is closed with this
   * @param place names the server in messages, without a password
   * @param reconnect forgets idle connections, which broke with another one
   */
  RedisCommands(UnifiedJedis client, String place, Runnable reconnect) {
    this.client = client;
    this.place = place;
    this.reconnect = reconnect;
  }

  static RedisCommands of(RedisAddress address, Duration timeout) {
    RedisClient client = address.client(timeout);
    return new RedisCommands(client, address.toString(), client.getPool()::clear);
  }

  UnifiedJedis client() {
    return client;
  }

  /**
   * Runs a script.
   *
   * @param what names the operation in messages, such as {@code read session "42"}
   * @param repeatable whether the script may run again if its answer was lost
   * @return its answer; a single value as a list of one
   * @throws MemoryException if it failed
   */
  List<?> run(
      String what,
      RedisScript script,
      List<String> keys,
      List<String> arguments,
      boolean repeatable) {
    Object answer = call(what, repeatable, () -> run(script, keys, arguments));
    return answer instanceof List<?> list ? list : List.of(answer);
  }

  private Object run(RedisScript script, List<String> keys, List<String> arguments) {
    try {
      return client.evalsha(script.hash(), keys, arguments);
    } catch (JedisNoScriptException unknown) {
      return client.eval(script.text(), keys, arguments); // Redis remembers it from now on
    }
  }

  /**
   * Sends commands.
   *
   * @param what names the operation in messages
   * @param repeatable whether the commands may be sent again if the connection broke
   * @throws MemoryException if they failed
   */
  <T> T call(String what, boolean repeatable, Supplier<T> commands) {
    try {
      return commands.get();
    } catch (JedisConnectionException broken) {
      reconnect.run();
      if (!repeatable || RedisFailure.isTimeout(broken)) {
        throw explained(what, broken);
      }
      return again(what, commands);
    } catch (JedisException failure) {
      throw explained(what, failure);
    }
  }

  private <T> T again(String what, Supplier<T> commands) {
    try {
      return commands.get();
    } catch (JedisException failure) {
      throw explained(what, failure);
    }
  }

  private MemoryException explained(String what, JedisException failure) {
    if (RedisFailure.isInterrupted(failure)) {
      Thread.currentThread().interrupt();
    }
    return RedisFailure.of(what, place, failure);
  }

  @Override
  public void close() {
    client.close();
  }
}
