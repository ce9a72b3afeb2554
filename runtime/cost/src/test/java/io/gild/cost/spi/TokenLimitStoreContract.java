package io.gild.cost.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.core.ProviderLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link TokenLimitStore} does; the test of an implementation extends this class. Needs
 * JUnit Jupiter alone.
 */
public abstract class TokenLimitStoreContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private TokenLimitStore store;

  /** Creates the tests. */
  protected TokenLimitStoreContract() {}

  /**
   * Returns a store without accounts.
   *
   * @return the store; the test closes it
   * @throws Exception if that is impossible
   */
  protected abstract TokenLimitStore open() throws Exception;

  /**
   * Lets time pass for the store.
   *
   * @param time how much
   */
  protected abstract void advance(Duration time);

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private boolean tokens(String id, long tokens) {
    return store.acquire(id, List.of(new TokenClaim("a", 0, 100, tokens))).granted();
  }

  private long waitOf(String id, long tokens) {
    return store.acquire(id, List.of(new TokenClaim("a", 0, 100, tokens))).waitNanos();
  }

  @Test
  void startsRequestsWhileThereIsRoomAndAgainAMinuteLater() {
    assertTrue(tokens("1", 60));
    advance(Duration.ofSeconds(20));
    assertTrue(tokens("2", 40));
    assertEquals(Duration.ofSeconds(40).toNanos(), waitOf("3", 10));

    advance(Duration.ofSeconds(40));

    assertTrue(tokens("3", 10));
    assertEquals(50, store.used("a"));
  }

  @Test
  void limitsRequests() {
    for (int i = 0; i < 3; i++) {
      assertTrue(store.acquire("" + i, List.of(new TokenClaim("a", 3, 0, 9_999))).granted());
    }
    assertFalse(store.acquire("3", List.of(new TokenClaim("a", 3, 0, 1))).granted());
    advance(MINUTE);
    assertTrue(store.acquire("3", List.of(new TokenClaim("a", 3, 0, 1))).granted());
  }

  @Test
  void givesRoomToTheNextOneWhenARequestHadFewerTokens() {
    tokens("1", 100);
    assertFalse(tokens("2", 30));

    store.settle("1", List.of("a"), 70);

    assertTrue(tokens("2", 30));
    store.settle("2", List.of("a"), 45);
    assertEquals(115, store.used("a"));
  }

  @Test
  void servesInOrderOfArrival() {
    tokens("1", 100);
    advance(Duration.ofSeconds(50));
    assertFalse(tokens("big", 90));
    assertFalse(tokens("small", 20));
    advance(Duration.ofSeconds(9));
    assertFalse(tokens("big", 90));
    assertFalse(tokens("small", 20));
    advance(Duration.ofSeconds(1));

    assertFalse(tokens("small", 20), "there is room for it, but not beside the one before it");
    assertTrue(tokens("big", 90));
    assertFalse(tokens("small", 20));
  }

  @Test
  void aRequestThatGivesUpLeavesItsPlace() {
    tokens("1", 100);
    advance(Duration.ofSeconds(55));
    tokens("big", 100);
    tokens("small", 20);

    store.cancel("big", List.of("a"));
    advance(Duration.ofSeconds(5));

    assertTrue(tokens("small", 20));
  }

  @Test
  void aRequestThatDoesNotAskAgainLosesItsPlace() {
    tokens("1", 100);
    advance(Duration.ofSeconds(45));
    tokens("big", 100);
    advance(Duration.ofSeconds(15));

    assertTrue(tokens("small", 20));
  }

  @Test
  void givesBackWhatARequestTookThatIsNotSent() {
    tokens("1", 100);

    store.cancel("1", List.of("a"));

    assertTrue(tokens("2", 100));
  }

  @Test
  void aRequestAboveTheLimitTakesAllOfIt() {
    assertTrue(tokens("1", 500));
    assertFalse(tokens("2", 1));
    advance(MINUTE);
    assertTrue(tokens("2", 1));
  }

  @Test
  void takesOfAllLimitsOrOfNone() {
    tokens("1", 100);

    List<TokenClaim> both =
        List.of(new TokenClaim("b", 0, 100, 60), new TokenClaim("a", 0, 100, 60));
    assertFalse(store.acquire("2", both).granted());

    assertEquals(0, store.used("b"));
    advance(MINUTE);
    assertTrue(store.acquire("2", both).granted());
    assertEquals(60, store.used("b"));
  }

  @Test
  void learnsALowerLimitAndWhatOthersUse() {
    store.learn("a", new ProviderLimits(-1, -1, -1, 80, 30, 20_000));

    assertFalse(tokens("1", 31));
    assertTrue(tokens("2", 30) || cancelled("1") && tokens("2", 30));
    advance(Duration.ofSeconds(20));
    assertTrue(tokens("3", 50), "the provider's period is over");
    assertFalse(tokens("4", 1), "its limit is 80");
  }

  private boolean cancelled(String id) {
    store.cancel(id, List.of("a"));
    return true;
  }

  @Test
  void limitsByTheProviderAloneWhereTheSettingsDoNot() {
    List<TokenClaim> claim = List.of(new TokenClaim("a", 0, 0, 60));
    assertTrue(store.acquire("1", claim).granted());
    store.learn("a", new ProviderLimits(-1, -1, -1, 100, 40, 60_000));

    assertFalse(store.acquire("2", claim).granted());
  }

  @Test
  void startsNothingDuringAPause() {
    store.pause("a", Duration.ofSeconds(7).toNanos());

    assertEquals(Duration.ofSeconds(7).toNanos(), waitOf("1", 1));
    advance(Duration.ofSeconds(7));
    assertTrue(tokens("1", 1));
  }

  /** Whatever comes, no minute has more than the limit. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void noMinuteEverHasMoreThanTheLimit(int seed) {
    Random random = new Random(seed);
    List<long[]> started = new ArrayList<>();
    List<Integer> waiting = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 400; i++) {
      waiting.add(i);
      for (Integer each : List.copyOf(waiting)) {
        long tokens = 1 + new Random(each).nextInt(60);
        if (tokens("r" + each, tokens)) {
          waiting.remove(each);
          long real = 1 + random.nextInt((int) tokens);
          started.add(new long[] {now, real});
          store.settle("r" + each, List.of("a"), real);
        }
      }
      long step = random.nextInt(4_000);
      advance(Duration.ofMillis(step));
      now += step;
    }
    assertTrue(started.size() > 50);
    for (long[] last : started) {
      long sum =
          started.stream()
              .filter(each -> each[0] <= last[0] && each[0] > last[0] - 60_000)
              .mapToLong(each -> each[1])
              .sum();
      assertTrue(sum <= 100, () -> sum + " tokens in a minute");
    }
  }
}
