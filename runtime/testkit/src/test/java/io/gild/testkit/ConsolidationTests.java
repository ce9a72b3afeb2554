package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.memory.Consolidation;
import io.gild.memory.ConsolidationReport;
import io.gild.memory.ConsolidationRules;
import io.gild.memory.ConsolidationStep.Action;
import io.gild.memory.EmbeddedMemoryStore;
import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.RecallQuery;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsolidationTests {

  private final ManualClock clock = ManualClock.create();
  private final Memories memories =
      Memories.builder(
              new EmbeddedMemoryStore(
                  new Bm25Index(Bm25.MESSAGES), new FlatVectorIndex(MemoryStoreContract.SPACE)),
              MemoryStoreContract.EMBEDDER)
          .clock(clock)
          .build();

  @Test
  void doesNothingByDefaultToDifferentFacts() {
    remember("Ann lives in Lyon.", "Bob lives in Lyon.", "Ann lives in Paris.");
    clock.advance(Duration.ofDays(1_000));
    assertThat(run(ConsolidationRules.defaults()).steps()).isEmpty();
  }

  @Test
  void mergesWhatAnotherMemoryContains() {
    Memory shorter = memories.remember(new MemoryDraft("Ann prefers e-mail.").importance(0.9));
    Memory longer = memories.remember(new MemoryDraft("Ann strongly prefers e-mail."));
    ConsolidationReport plan = plan(merging(0.5));
    assertThat(plan.steps())
        .singleElement()
        .satisfies(step -> {
          assertThat(step.action()).isEqualTo(Action.MERGE);
          assertThat(step.memory()).isEqualTo(shorter);
          assertThat(step.other()).isEqualTo(longer.id());
          assertThat(step.why()).isEqualTo("another memory contains its words");
        });
    assertThat(live()).hasSize(2);
    ConsolidationReport report = run(merging(0.5));
    assertThat(report.steps()).isEqualTo(plan.steps());
    assertThat(live()).containsExactly("Ann strongly prefers e-mail.");
    Memory merged = memories.get("", longer.id()).orElseThrow();
    assertThat(merged.mergedFrom()).containsExactly(shorter.id());
    assertThat(merged.importance()).isEqualTo(0.9);
    assertThat(memories.recall(new RecallQuery("prefers e-mail"))).hasSize(1);
    assertThat(run(merging(0.5)).steps()).isEmpty();
  }

  @Test
  void mergesNoOppositesAndNoOtherNumbers() {
    remember(
        "Ann prefers e-mail.",
        "Ann no longer prefers e-mail.",
        "Ann doesn't prefer e-mail.",
        "Ann never prefers e-mail.",
        "Ann prefers e-mail 2.",
        "Bob prefers e-mail.");
    memories.remember(new MemoryDraft("Ann strongly prefers e-mail.").user("ann"));
    memories.remember(new MemoryDraft("Ann strongly prefers e-mail.").kind("wish"));
    assertThat(run(merging(0)).steps()).isEmpty();
  }

  @Test
  void letsANewerFactAboutATopicSupersedeTheOlder() {
    Memory old = memories.remember(new MemoryDraft("Ann lives in Lyon.").metadata("topic", "home"));
    clock.advance(Duration.ofDays(1));
    Memory fresh =
        memories.remember(new MemoryDraft("Ann lives in Paris.").metadata("topic", "home"));
    memories.remember(new MemoryDraft("Bob lives in Rome.").metadata("topic", "home").user("bob"));
    ConsolidationReport report = run(ConsolidationRules.defaults());
    assertThat(report.count(Action.SUPERSEDE)).isEqualTo(1);
    assertThat(live()).containsExactlyInAnyOrder("Ann lives in Paris.", "Bob lives in Rome.");
    Memory ended = memories.get("", old.id()).orElseThrow();
    assertThat(ended.supersededBy()).isEqualTo(fresh.id());
    assertThat(ended.reason())
        .contains("a newer fact about \"home\" is true")
        .doesNotContain("Paris");
    assertThat(run(ConsolidationRules.defaults()).steps()).isEmpty();
    assertThat(consolidation(ConsolidationRules.defaults()).undo("", report.run())).isEqualTo(1);
    assertThat(live()).hasSize(3);
  }

  @Test
  void prunesOldAndIdleMemories() {
    remember("one", "two");
    memories.remember(new MemoryDraft("policy").importance(1));
    clock.advance(Duration.ofDays(11));
    memories.recall(new RecallQuery("two").limit(1));
    remember("three");
    ConsolidationReport idle = run(rules(null, Duration.ofDays(10), null, null));
    assertThat(idle.steps())
        .singleElement()
        .satisfies(step -> {
          assertThat(step.memory().text()).isEqualTo("one");
          assertThat(step.why()).isEqualTo("not used for 11 days");
        });
    ConsolidationReport old = run(rules(Duration.ofDays(10), null, null, null));
    assertThat(old.steps())
        .singleElement()
        .satisfies(step -> assertThat(step.memory().text()).isEqualTo("two"));
    assertThat(live()).containsExactly("policy", "three");
  }

  @Test
  void keepsTheStrongest() {
    for (int i = 0; i < 10; i++) {
      memories.remember(new MemoryDraft("fact number " + i).importance(i / 10.0));
    }
    memories.remember(new MemoryDraft("fact of ann").importance(0).user("ann"));
    ConsolidationRules three = rules(null, null, 3, null);
    assertThat(run(three).count(Action.PRUNE)).isEqualTo(7);
    assertThat(live())
        .containsExactly("fact number 7", "fact number 8", "fact number 9", "fact of ann");
    assertThat(run(three).steps()).isEmpty();
    assertThat(run(rules(null, null, null, 30L)).count(Action.PRUNE)).isEqualTo(1);
    assertThat(live()).containsExactly("fact number 8", "fact number 9", "fact of ann");
  }

  @Test
  void weakensByHalfAtTheHalfLives() {
    Memory memory = memories.remember(new MemoryDraft("fact").importance(0.8));
    Consolidation consolidation = consolidation(ConsolidationRules.defaults());
    assertThat(consolidation.strength(memory, clock.now())).isEqualTo(0.8);
    double month = Math.pow(2, -30 / 7.0);
    assertThat(consolidation.strength(memory, clock.now().plus(Duration.ofDays(30))))
        .isCloseTo(0.8 * (0.5 + month) / 2, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void isUndoneWhileThatIsAllowed() {
    remember("Ann prefers e-mail.", "Ann strongly prefers e-mail.", "Refunds take three days.");
    List<Memory> before = memories.all("");
    ConsolidationRules rules = rules(null, null, 1, null);
    ConsolidationReport report = run(rules);
    assertThat(report.steps()).hasSize(2);
    assertThat(consolidation(rules).undo("", "unknown")).isZero();
    assertThat(consolidation(rules).undo("", report.run())).isEqualTo(2);
    assertThat(memories.all("")).containsExactlyInAnyOrderElementsOf(before);
    String second = run(rules).run();
    clock.advance(Duration.ofDays(8));
    ConsolidationReport deleting = run(rules);
    assertThat(deleting.count(Action.DELETE)).isEqualTo(2);
    assertThat(memories.all("")).hasSize(1);
    assertThat(consolidation(rules).undo("", second)).isZero();
  }

  @Test
  void forgetsWhatWasMergedToo() {
    remember("Ann prefers e-mail.", "Ann strongly prefers e-mail.");
    String longer = memories.all("").get(1).id();
    run(merging(0.5));
    assertThat(memories.forget("", longer)).isEqualTo(2);
    assertThat(memories.all("")).isEmpty();
  }

  private void remember(String... texts) {
    for (String text : texts) {
      memories.remember(new MemoryDraft(text));
    }
  }

  private List<String> live() {
    return memories.all("").stream()
        .filter(memory -> memory.holds(clock.now()))
        .map(Memory::text)
        .toList();
  }

  private ConsolidationReport plan(ConsolidationRules rules) {
    return consolidation(rules).plan("");
  }

  private ConsolidationReport run(ConsolidationRules rules) {
    return consolidation(rules).run("");
  }

  private Consolidation consolidation(ConsolidationRules rules) {
    return new Consolidation(memories, rules);
  }

  private static ConsolidationRules merging(double similarity) {
    return new ConsolidationRules(
        Duration.ofDays(30),
        Duration.ofDays(7),
        null,
        null,
        null,
        null,
        similarity,
        true,
        Duration.ofDays(7));
  }

  private static ConsolidationRules rules(
      @Nullable Duration maxAge,
      @Nullable Duration maxIdle,
      @Nullable Integer maxMemories,
      @Nullable Long maxBytes) {
    return new ConsolidationRules(
        Duration.ofDays(30),
        Duration.ofDays(7),
        maxAge,
        maxIdle,
        maxMemories,
        maxBytes,
        null,
        false,
        Duration.ofDays(7));
  }
}
