package io.gild.cost;

import io.gild.cost.spi.AnswerStore;
import io.gild.cost.spi.AnswerStoreContract;
import io.gild.cost.spi.StoredAnswer;
import io.gild.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The smallest store keeps the contract. */
class InMemoryAnswerStoreTests extends AnswerStoreContract {

  private final ManualClock clock = ManualClock.create();

  @Override
  protected AnswerStore open() {
    return new InMemoryAnswerStore();
  }

  @Override
  protected void advance(Duration time) {
    clock.advance(time);
  }

  private record Kept(byte[] content, long endNanos) {}

  private final class InMemoryAnswerStore implements AnswerStore {

    private final Map<List<String>, Kept> answers = new ConcurrentHashMap<>();
    private final Map<String, String> generations = new ConcurrentHashMap<>();

    @Override
    public @Nullable StoredAnswer get(String partition, String key) {
      Kept kept = answers.get(List.of(partition, key));
      long remaining = kept == null ? 0 : kept.endNanos - clock.nanoTime();
      return remaining <= 0 ? null : new StoredAnswer(kept.content, Duration.ofNanos(remaining));
    }

    @Override
    public void put(String partition, String key, byte[] content, Duration ttl) {
      answers.put(
          List.of(partition, key), new Kept(content.clone(), clock.nanoTime() + ttl.toNanos()));
    }

    @Override
    public String generation(String scope) {
      return generations.computeIfAbsent(scope, same -> UUID.randomUUID().toString());
    }

    @Override
    public String renew(String scope) {
      String generation = UUID.randomUUID().toString();
      generations.put(scope, generation);
      return generation;
    }

    @Override
    public void close() {}
  }
}
