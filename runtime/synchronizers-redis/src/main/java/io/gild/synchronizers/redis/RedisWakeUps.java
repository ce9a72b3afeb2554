package io.gild.synchronizers.redis;

import io.gild.synchronizers.spi.LeaseStore.Watch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Receives wake-ups: one subscription on one daemon thread, from the first wait on. It subscribes
 * again when its connection breaks. Thread-safe.
 */
final class RedisWakeUps {

  private static final long PAUSE_MILLIS = 500;

  private final UnifiedJedis client;
  private final String channel;
  private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
  private final CountDownLatch needed = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final JedisPubSub subscription = new Subscription();

  RedisWakeUps(UnifiedJedis client, String channel) {
    this.client = client;
    this.channel = channel;
    // Started now, although it waits: a thread inherits from the one that creates it.
    Thread thread = new Thread(null, this::receive, "gild-redis-wake-ups", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(RedisWakeUps.class.getClassLoader());
    thread.start();
  }

  private final class Subscription extends JedisPubSub {

    /** Wake-ups before this were missed. */
    @Override
    public void onSubscribe(String name, int channels) {
      if (isClosed()) {
        unsubscribe();
      }
      listeners.values().forEach(all -> all.forEach(each -> each.accept("")));
    }

    @Override
    public void onMessage(String name, String message) {
      int end = message.indexOf('\n');
      if (end >= 0) {
        String id = message.substring(end + 1);
        listeners
            .getOrDefault(message.substring(0, end), List.of())
            .forEach(each -> each.accept(id));
      }
    }
  }

  private void receive() {
    try {
      needed.await();
      while (!isClosed()) {
        subscribe();
        boolean unused = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void subscribe() {
    try {
      client.subscribe(subscription, channel);
    } catch (JedisException | IllegalStateException broken) {
      // it is tried again; meanwhile, those that wait ask from time to time
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  Watch add(String path, Consumer<String> listener) {
    listeners.compute(
        path,
        (same, known) -> {
          List<Consumer<String>> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(listener);
          return all;
        });
    needed.countDown();
    return () ->
        listeners.computeIfPresent(
            path,
            (same, known) -> {
              known.remove(listener);
              return known.isEmpty() ? null : known;
            });
  }

  void close() {
    closed.countDown();
    needed.countDown();
    try {
      if (subscription.isSubscribed()) {
        subscription.unsubscribe();
      }
    } catch (JedisException broken) {
      // the connection is closed anyway
    }
  }
}
