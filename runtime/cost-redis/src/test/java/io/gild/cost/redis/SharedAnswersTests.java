package io.gild.cost.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.CallLabels;
import io.gild.core.CostDimension;
import io.gild.core.CostSaved;
import io.gild.core.GovernedIterator;
import io.gild.core.GovernedMethod;
import io.gild.core.Invalidations;
import io.gild.core.MethodSpec.Role;
import io.gild.core.StreamListener;
import io.gild.cost.Caches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Two runtimes repeat each other's answers, and no others. */
class SharedAnswersTests extends SharedAnswersBase {

  @Test
  void repeatsTheAnswerOfAnotherJvmAndCountsWhatItSaved() {
    SharedCache first = cache();
    SharedCache second = cache();
    assertThat(first.ask("1", "q", "acme")).isEqualTo("1");

    GovernedMethod method = second.method();
    AgentCall call = method.begin(null, "q", "acme");

    assertThat(call.proceed()).isFalse();
    assertThat(call.result()).isEqualTo("1");
    assertThat(call.cacheResult()).isEqualTo("hit");
    assertThat(second.control(method).facts().get("storeHits")).isEqualTo(1L);
    assertThat(second.control(method).facts().get("hits")).isEqualTo(1L);
    assertThat(second.ask("2", "q", "acme")).isEqualTo("1");
    assertThat(second.control(method).facts().get("storeHits")).isEqualTo(1L);
    assertThat(second.runs).hasValue(0);
  }

  @Test
  void neverRepeatsTheAnswerOfAnotherTenant() {
    SharedCache first = cache();
    SharedCache second = cache();
    first.ask("of acme", "q", "acme");
    first.ask("of ab", "a", "bc");
    List<String> others = List.of("Acme", "acme ", "acme\u0000", "", "q", "globex");
    for (String tenant : others) {
      assertThat(second.ask("own", "q", tenant)).isEqualTo("own");
    }
    assertThat(second.ask("own", "ab", "c")).isEqualTo("own");
    assertThat(second.ask("own", "q\",\"acme", "")).isEqualTo("own");
    assertThat(second.ask("own", "q", null)).isEqualTo("own");
    assertThat(second.ask("own", "q", "acme")).isEqualTo("of acme");
  }

  @Test
  void keepsTenantsApartThatALabelNames() throws Exception {
    SharedCache first = cache();
    SharedCache second = cache();
    String descriptor = TWO_TEXTS + TEXT;
    GovernedMethod one = first.method(CallKind.AGENT, "", "com.acme.Desk", descriptor, Role.NONE);
    GovernedMethod two = second.method(CallKind.AGENT, "", "com.acme.Desk", descriptor, Role.NONE);
    CallLabels acme = CallLabels.of(CostDimension.TENANT, "acme");
    CallLabels globex = CallLabels.of(CostDimension.TENANT, "globex");
    acme.call(() -> first.ask(one, "of acme", "q", "x"));

    assertThat(globex.call(() -> second.ask(two, "of globex", "q", "x"))).isEqualTo("of globex");
    assertThat(second.ask(two, "of none", "q", "x")).isEqualTo("of none");
    assertThat(acme.call(() -> second.ask(two, "own", "q", "x"))).isEqualTo("of acme");
  }

  @Test
  void keepsVersionsMethodsAndApplicationsApart() {
    SharedCache first = cache();
    SharedCache second = cache();
    first.ask("1", "q", "acme");

    SharedCache third = cache(); // a runtime knows one version of a method
    GovernedMethod version = third.method("2", "com.acme.Desk", TWO_TEXTS + TEXT);
    GovernedMethod type = second.method("", "com.acme.Other", TWO_TEXTS + TEXT);
    GovernedMethod descriptor =
        second.method("", "com.acme.Desk", TWO_TEXTS + "Ljava/lang/Object;");
    assertThat(third.ask(version, "own", "q", "acme")).isEqualTo("own");
    for (GovernedMethod each : List.of(type, descriptor)) {
      assertThat(second.ask(each, "own", "q", "acme")).isEqualTo("own");
    }
    SharedCache application = cache(keysFile("one") + ", application: other", USUAL);
    assertThat(application.ask("own", "q", "acme")).isEqualTo("own");
    SharedCache policy = cache(keysFile("one"), "{ttl: 2h}");
    assertThat(policy.ask("own", "q", "acme")).isEqualTo("own");
    SharedCache rule = cache(keysFile("one"), "{ttl: 1h, key: [customer]}");
    assertThat(rule.ask("own", "q", "acme")).isEqualTo("own");
    assertThat(second.ask("own", "q", "acme")).isEqualTo("1");
  }

  private static final class DeskOne {}

  private static final class DeskTwo {}

  /** A changed class file stands for a changed prompt. */
  @Test
  void keepsTheAnswersOfAnotherClassFileApart() {
    SharedCache first = cache();
    SharedCache second = cache();
    String name = DeskOne.class.getName();
    GovernedMethod one = first.method("", name, TWO_TEXTS + TEXT);
    GovernedMethod two = second.method("", name, TWO_TEXTS + TEXT);

    assertThat(one.call(new DeskOne(), same -> "1", "q", "acme")).isEqualTo("1");

    assertThat(two.call(new Object(), same -> "unknown class", "q", "acme"))
        .isEqualTo("unknown class");
    SharedCache third = cache();
    GovernedMethod three = third.method("", name, TWO_TEXTS + TEXT);
    assertThat(three.call(new DeskTwo(), same -> "own", "q", "acme")).isEqualTo("1");
  }

  @Test
  void comparesTheKeyAsTheLocalCacheDoes() {
    String policy = "{ttl: 1h, key: [question], normalize: true}";
    SharedCache first = cache(keysFile("one"), policy);
    SharedCache second = cache(keysFile("one"), policy);
    first.ask("1", "How  do I PAY?", "acme");

    assertThat(second.ask("2", "how do i pay", "acme")).isEqualTo("1");
    assertThat(second.ask("2", "how do i pay", "globex")).isEqualTo("2");
  }

  @Test
  void returnsValuesOfTheSameTypeThatCallersMayChange() {
    SharedCache first = cache();
    SharedCache second = cache();
    String descriptor = TWO_TEXTS + "Ljava/util/List;";
    GovernedMethod one = first.method("", "com.acme.Desk", descriptor);
    GovernedMethod two = second.method("", "com.acme.Desk", descriptor);
    List<Object> answer = new ArrayList<>(List.of(1, 2L, "three", Map.of("four", 4.0)));
    first.ask(one, answer, "q", "acme");

    @SuppressWarnings("unchecked") // the type of the answer
    List<Object> read = (List<Object>) second.ask(two, "own", "q", "acme");

    assertThat(read).isEqualTo(answer).isInstanceOf(ArrayList.class);
    read.add("changed");
    assertThat(second.ask(two, "own", "q", "acme")).isEqualTo(answer);
  }

  @Test
  void keepsWhatIsOfTheApplicationInItsOwnJvm() {
    SharedCache first = cache();
    SharedCache second = cache();
    String model = "com.acme.Model";
    String own = TWO_TEXTS + "Lcom/acme/Answer;";
    for (SharedCache each : List.of(first, second)) {
      GovernedMethod ofModel = each.method(CallKind.CHAT, "", model, TWO_TEXTS + TEXT, Role.TENANT);
      each.ask(ofModel, "model", "q", "acme");
      each.ask(each.method("", "com.acme.Own", own), "own", "q", "acme");
      GovernedMethod any = each.method("", "com.acme.Any", TWO_TEXTS + "Ljava/lang/Object;");
      each.ask(any, Duration.ofDays(1), "q", "acme");
      each.ask(any, "fits", "q2", "acme");
      each.ask(any, "argument", new Object(), "acme");
      each.ask(any, null, "q3", "acme");
    }

    assertThat(first.runs).hasValue(6);
    assertThat(second.runs).as("only one answer was shared").hasValue(5);
    assertThat(log)
        .anySatisfy(line -> assertThat(line).contains("support.answer", "java.time.Duration"))
        .anySatisfy(line -> assertThat(line).contains("support.answer", "java.lang.Object"));
  }

  @Test
  void sharesTheValueOfAFuture() throws Exception {
    SharedCache first = cache();
    SharedCache second = cache();
    String descriptor = TWO_TEXTS + "Ljava/util/concurrent/CompletionStage;";
    GovernedMethod one = first.method("", "com.acme.Desk", descriptor);
    GovernedMethod two = second.method("", "com.acme.Desk", descriptor);
    assertThat(ask(one, "1")).isEqualTo("1");
    await(() -> answers().size() == 1);

    assertThat(ask(two, "2")).isEqualTo("1");
  }

  private static Object ask(GovernedMethod method, String value) throws Exception {
    CompletionStage<?> stage =
        (CompletionStage<?>)
            method.callAsync(null, same -> CompletableFuture.completedFuture(value), "q", "acme");
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void clearsTheCacheOfAllJvms() throws Exception {
    SharedCache first = cache();
    SharedCache second = cache();
    first.ask("1", "q", "acme");
    assertThat(second.ask("2", "q", "acme")).isEqualTo("1");

    assertThat(first.clear(first.method())).isEqualTo("The cache of support.answer is empty.");

    assertThat(first.ask("3", "q", "acme")).isEqualTo("3");
    await(() -> !"1".equals(second.ask("own", "q", "acme")));
    assertThat(second.ask("own", "q", "acme")).isEqualTo("3");
  }

  @Test
  void removesByPredicateWhatOtherJvmsHaveToo() throws Exception {
    SharedCache first = cache();
    SharedCache second = cache();
    first.ask("secret", "q", "acme");
    assertThat(second.ask("own", "q", "acme")).isEqualTo("secret");

    assertThat(Caches.of(first.runtime()).removeIf(each -> each.value().equals("secret")))
        .isEqualTo(1);

    assertThat(first.ask("new", "q", "acme")).isEqualTo("new");
    await(() -> !"secret".equals(second.ask("own", "q", "acme")));
  }

  @Test
  void dropsAnswersByTagInAllJvms() throws Exception {
    String policy = "{ttl: 1h, tags: [prices, 'customer:{customer}']}";
    SharedCache first = cache(keysFile("one"), policy);
    SharedCache second = cache(keysFile("one"), policy);
    for (String customer : List.of("acme", "globex")) {
      first.ask("1", "q", customer);
      assertThat(second.ask("2", "q", customer)).isEqualTo("1");
    }

    Invalidations.of(first.runtime()).dropAll(Set.of("customer:acme"));

    assertThat(first.ask("3", "q", "acme")).isEqualTo("3");
    await(() -> !"1".equals(second.ask("own", "q", "acme")));
    assertThat(second.ask("own", "q", "acme")).isEqualTo("3");
    assertThat(second.ask("own", "q", "globex")).isEqualTo("1");
  }

  @Test
  void sharesARefusalForItsOwnTimeAlone() {
    SharedCache first = cache(keysFile("one"), "{ttl: 1h, refusal-ttl: 1m}");
    first
        .method()
        .call(
            null,
            same -> {
              AgentCall.current().detail().recordFinishReason("content_filter");
              return "refused";
            },
            "q",
            "acme");
    first.ask("1", "q2", "acme");

    try (RedisClient client = client()) {
      List<Long> lives = answers().stream().map(client::pttl).sorted().toList();
      assertThat(lives).hasSize(2);
      assertThat(lives.get(0)).isBetween(1L, 60_000L);
      assertThat(lives.get(1)).isBetween(60_001L, 3_600_000L);
    }
  }

  @Test
  void neitherAnswersNorStoresFreshCalls() {
    SharedCache first = cache();
    SharedCache second = cache();
    first.ask("1", "q", "acme");
    AgentCall call = second.method().begin(null, "q", "acme");
    call.askFresh();

    assertThat(call.proceed()).isTrue();
    call.returned("fresh");
    call.proceed();
    assertThat(call.result()).isEqualTo("fresh");
    assertThat(answers()).hasSize(1);
    assertThat(cache().ask("own", "q", "acme")).isEqualTo("1");
  }

  @Test
  void keepsAnAnswerThatIsTooLongInItsOwnJvm() {
    SharedCache first = cache(keysFile("one") + ", max-answer-bytes: 1000", USUAL);
    first.ask("x".repeat(900), "short", "acme");
    first.ask("x".repeat(1_100), "long", "acme");

    assertThat(answers()).hasSize(1);
    first.ask("own", "long", "acme");
    assertThat(first.runs).hasValue(2);
    assertThat(log).anySatisfy(line -> assertThat(line).contains("1000 bytes"));
  }

  @Test
  void losesNoCallIfRedisLosesAllAnswers() throws Exception {
    SharedCache first = cache();
    SharedCache second = cache();
    first.ask("1", "q", "acme");
    server.command("FLUSHALL");

    assertThat(second.ask("2", "q", "acme")).isEqualTo("2");
    await(() -> !"1".equals(first.ask("own", "q", "acme")));
    assertThat(first.ask("own", "q", "acme")).isEqualTo("2");
  }

  @Test
  void sharesTheElementsOfAStream() throws Exception {
    String descriptor = TWO_TEXTS + "Ljava/util/Iterator;";
    GovernedMethod one = cache().method("", "com.acme.Desk", descriptor);
    GovernedMethod two = cache().method("", "com.acme.Desk", descriptor);
    assertThat(pull(one, List.of("a", "b"))).containsExactly("a", "b");
    await(() -> answers().size() == 1);

    assertThat(pull(two, List.of("own"))).containsExactly("a", "b");
  }

  private static List<String> pull(GovernedMethod method, List<String> own) {
    List<String> all = new ArrayList<>();
    try (GovernedIterator<String> elements =
        method.pull(null, same -> own.iterator(), StreamListener.Factory.NONE, "q", "acme")) {
      elements.forEachRemaining(all::add);
    }
    return all;
  }

  @Test
  void countsWhatTheAnswersOfOtherJvmsSave() {
    List<CostSaved> saved = new CopyOnWriteArrayList<>();
    SharedCache second = cache();
    second.runtime().events().subscribe(CostSaved.class, saved::add);
    cache().ask("1", "q", "acme");

    second.ask("own", "q", "acme");
    second.ask("own", "q", "acme");

    assertThat(saved).extracting(CostSaved::source).containsExactly("cache", "cache");
    assertThat(saved).extracting(CostSaved::savedNanoUsd).containsOnly(10_000_000L);
    assertThat(saved).extracting(CostSaved::model).containsOnly("cent");
  }

  @Test
  void joinsConcurrentCallsOfOneJvm() throws Exception {
    cache().ask("1", "q", "acme");
    SharedCache second = cache();
    GovernedMethod method = second.method();
    List<CompletableFuture<Object>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      all.add(CompletableFuture.supplyAsync(() -> second.ask(method, "own", "q", "acme")));
    }
    for (CompletableFuture<Object> each : all) {
      assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo("1");
    }
    assertThat(second.control(method).facts().get("storeHits")).isEqualTo(1L);
  }

  @Test
  void sharesNothingInObserveMode() {
    try (SharedCache first = new SharedCache(server.url(), keysFile("one"), USUAL, "observe")) {
      first.ask("1", "q", "acme");
      assertThat(answers()).isEmpty();
      cache().ask("2", "q", "acme");

      assertThat(first.ask("3", "q", "acme")).isEqualTo("3");
    }
  }
}
