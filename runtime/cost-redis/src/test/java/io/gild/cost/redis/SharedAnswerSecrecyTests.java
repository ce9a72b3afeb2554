package io.gild.cost.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.GovernedMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What lies in Redis shows nothing, and cannot be changed or moved. */
class SharedAnswerSecrecyTests extends SharedAnswersBase {

  @Test
  void showsNeitherQuestionsNorAnswersNorTenantsInRedis() {
    SharedCache first = cache(keysFile("one"), "{ttl: 1h, tags: ['customer:{customer}']}");
    first.ask("the confidential answer", "the confidential question", "acmecorp");

    try (RedisClient client = client()) {
      for (String key : client.keys("*")) {
        String value =
            new String(
                client.get(key.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
        assertThat(key + value).doesNotContain("confidential", "acmecorp", "answer is", "Desk");
      }
      assertThat(client.keys("*")).hasSizeGreaterThan(3);
    }
  }

  @Test
  void sharesNothingWithoutAKeyUnlessTheSettingsAllowIt() {
    SharedCache refused = cache("", USUAL);
    refused.ask("1", "q", "acme");
    assertThat(answers()).isEmpty();
    assertThat(log)
        .anySatisfy(line -> assertThat(line).contains("in this JVM alone", "encrypt: false"));

    SharedCache first = cache("encrypt: false", USUAL);
    SharedCache second = cache("encrypt: false", USUAL);
    first.ask("1", "q", "acme");
    assertThat(second.ask("2", "q", "acme")).isEqualTo("1");
    assertThat(log).anySatisfy(line -> assertThat(line).contains("lie in clear"));
    assertThat(cache().ask("own", "q", "acme")).isEqualTo("own");
  }

  @Test
  void repeatsNoAnswerUnderAnotherKey() {
    cache(keysFile("one"), USUAL).ask("1", "q", "acme");

    assertThat(cache(keysFile("other"), USUAL).ask("own", "q", "acme")).isEqualTo("own");
  }

  @Test
  void readsAnswersOfAnOlderKeyWhileKeysChange() throws Exception {
    SharedCache old = cache(keysFile("both"), USUAL);
    old.ask("1", "q", "acme");
    SharedCache next = cache(keysFile("new"), USUAL);
    assertThat(next.ask("2", "q", "acme")).isEqualTo("1");
    next.ask("2", "q2", "acme");
    assertThat(old.ask("own", "q2", "acme")).isEqualTo("2");

    next.clear(next.method());

    await(() -> !"1".equals(old.ask("3", "q", "acme")));
    assertThat(cache(keysFile("new"), USUAL).ask("own", "q", "acme")).isEqualTo("3");
  }

  @Test
  void usesNoAnswerThatWasChangedTruncatedOrMoved() {
    cache().ask("1", "q", "acme");
    try (RedisClient client = client()) {
      byte[] key = answers().iterator().next().getBytes(StandardCharsets.UTF_8);
      byte[] whole = client.get(key);
      byte[] changed = whole.clone();
      changed[whole.length / 2] ^= 4;
      List<byte[]> all = new ArrayList<>(List.of(changed, new byte[0], new byte[] {0}));
      for (int length = 1; length < whole.length; length += 7) {
        all.add(Arrays.copyOf(whole, length));
      }
      for (byte[] each : all) {
        client.set(key, each);
        client.pexpire(key, 60_000);
        SharedCache victim = cache();
        assertThat(victim.ask("own", "q", "acme")).isEqualTo("own");
      }
      assertThat(log)
          .anySatisfy(line -> assertThat(line).contains("is not used", "support.answer"));
      moveTo("globex", whole, client);
    }
    assertThat(cache().ask("of globex", "q", "globex")).isEqualTo("of globex");
  }

  /** Puts an answer where that of another tenant is. */
  private void moveTo(String tenant, byte[] answer, RedisClient client) {
    Set<String> before = answers();
    cache().ask("own", "q", tenant);
    Set<String> after = answers();
    after.removeAll(before);
    assertThat(after).hasSize(1);
    client.set(after.iterator().next().getBytes(StandardCharsets.UTF_8), answer);
    client.pexpire(after.iterator().next(), 60_000);
  }

  /** Without encryption, who can write to Redis can change an answer, but not its type. */
  @Test
  void usesNoAnswerOfAnotherType() {
    SharedCache first = cache("encrypt: false", USUAL);
    GovernedMethod any = first.method("", "com.acme.Any", TWO_TEXTS + "Ljava/lang/Object;");
    first.ask(any, 42, "q", "acme");
    try (RedisClient client = client()) {
      byte[] number = client.get(answers().iterator().next().getBytes(StandardCharsets.UTF_8));
      moveToText(number, client, first);
    }
    assertThat(cache("encrypt: false", USUAL).ask("own", "q", "acme")).isEqualTo("own");
  }

  private void moveToText(byte[] number, RedisClient client, SharedCache first) {
    Set<String> before = answers();
    first.ask("text", "q", "acme");
    Set<String> after = answers();
    after.removeAll(before);
    client.set(after.iterator().next().getBytes(StandardCharsets.UTF_8), number);
    client.pexpire(after.iterator().next(), 60_000);
  }
}
