package io.gild.redis;

import io.gild.config.Experimental;
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
@Experimental
public final class RedisCommands implements AutoCloseable {

  private final RedisPurpose purpose;
  private final UnifiedJedis client;
  private final String place;
  private final Runnable reconnect;

  /**
   * Creates the commands.
   *
   * @param purpose what uses Redis
   * @param client is closed with this
   * @param place names the server in messages, without a password
   * @param reconnect forgets idle connections, which broke with another one
   */
  public RedisCommands(
      RedisPurpose purpose, UnifiedJedis client, String place, Runnable reconnect) {
    this.purpose = purpose;
    this.client = client;
    this.place = place;
    this.reconnect = reconnect;
  }

  /**
   * Creates the commands of one server; it connects when it is used.
   *
   * @param purpose what uses Redis
   * @param address of the server
   * @param timeout longest time to connect, and to wait for each answer; above zero
   * @return the commands
   */
  public static RedisCommands of(RedisPurpose purpose, RedisAddress address, Duration timeout) {
    RedisClient client = address.client(timeout);
    return new RedisCommands(purpose, client, address.toString(), client.getPool()::clear);
  }

  /**
   * Returns the client.
   *
   * @return the client that was given
   */
  public UnifiedJedis client() {
    return client;
  }

  /**
   * Runs a script.
   *
   * @param what names the operation in messages, such as {@code read session "42"}
   * @param script the script
   * @param keys the keys that it uses
   * @param arguments its arguments
   * @param repeatable whether the script may run again if its answer was lost
   * @return its answer; a single value as a list of one
   * @throws RuntimeException of the {@linkplain RedisPurpose#failure purpose} if it failed
   */
  public List<?> run(
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
   * @param commands sends them
   * @param <T> type of the answer
   * @return the answer
   * @throws RuntimeException of the {@linkplain RedisPurpose#failure purpose} if they failed
   */
  public <T> T call(String what, boolean repeatable, Supplier<T> commands) {
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

  private RuntimeException explained(String what, JedisException failure) {
    if (RedisFailure.isInterrupted(failure)) {
      Thread.currentThread().interrupt();
    }
    return RedisFailure.of(purpose, what, place, failure);
  }

  @Override
  public void close() {
    client.close();
  }
}
