package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.CostDimension;
import io.gild.core.CostSaved;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLedgerTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path data;
  private GildRuntime runtime = GildRuntime.builder().build();

  private GovernedMethod start() {
    runtime =
        GildRuntime.builder()
            .settings(
                Settings.ofThisJvm()
                    .property("gild.data", data.toString())
                    .property("gild.ledger.enabled", "true")
                    .build())
            .discover(getClass().getClassLoader())
            .build();
    return runtime.method(
        new MethodSpec(
            CallKind.AGENT,
            "desk",
            "2",
            "com.acme.Desk",
            "answer",
            "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
            List.of(
                new Parameter("customer", "java.lang.String", Role.TENANT),
                new Parameter("person", "java.lang.String", Role.USER)),
            Effect.NONE,
            PolicyTree.empty()));
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  private List<LedgerEntry> entries() throws Exception {
    CallLedger.of(runtime).flush(SOON);
    List<LedgerEntry> entries = new ArrayList<>();
    new FolderLedger(data.resolve("ledger"), 1 << 20)
        .read(null, null, entries::add, problem -> assertThat(problem).isNull());
    return entries;
  }

  private static void attempt(AgentCall call, String model, Throwable failure) {
    call.recordUsage(model, Usage.of(1_000, 100));
    if (failure == null) {
      call.returned("fine");
    } else {
      call.threw(failure);
    }
  }

  @Test
  void writesARequestWithItsAttributionAndExactPrice() throws Exception {
    GovernedMethod desk = start();
    AgentCall call = desk.begin(null, "acme", "ann");
    assertThat(call.proceed()).isTrue();
    attempt(call, "gpt-4o-mini", null);
    call.proceed();

    List<LedgerEntry> entries = entries();

    assertThat(entries).hasSize(1);
    LedgerEntry entry = entries.get(0);
    assertThat(entry.attribution().get(CostDimension.TENANT)).isEqualTo("acme");
    assertThat(entry.attribution().get(CostDimension.USER)).startsWith("#");
    assertThat(entry.attribution().get(CostDimension.VERSION)).isEqualTo("2");
    assertThat(entry.usd()).isEqualByComparingTo("0.00021");
    assertThat(entry.attempt()).isEqualTo(1);
    assertThat(entry.usage()).isEqualTo(Usage.of(1_000, 100));
  }

  @Test
  void marksTheRequestsOfAFailedCallAsWasteOnce() throws Exception {
    GovernedMethod desk = start();
    AgentCall call = desk.begin(null, "acme", "ann");
    assertThat(call.proceed()).isTrue();
    attempt(call, "gpt-4o-mini", new IllegalStateException("no"));
    call.proceed();

    List<LedgerEntry> entries = entries();

    assertThat(entries)
        .extracting(LedgerEntry::kind)
        .containsExactly(LedgerEntry.Kind.USAGE, LedgerEntry.Kind.WASTE);
    assertThat(entries.get(1).more()).containsEntry("of", entries.get(0).id());
    assertThat(entries.get(1).usd()).isEqualByComparingTo("0.00021");
  }

  @Test
  void countsAModelWithoutAPriceAndRejectsAbsurdTokens() throws Exception {
    GovernedMethod desk = start();
    AgentCall call = desk.begin(null, "acme", "ann");
    assertThat(call.proceed()).isTrue();
    call.recordUsage("house-model", Usage.of(Long.MAX_VALUE / 4, 1));
    attempt(call, "house-model", null);
    call.proceed();

    List<LedgerEntry> entries = entries();

    assertThat(entries)
        .anySatisfy(entry -> {
          assertThat(entry.kind()).isEqualTo(LedgerEntry.Kind.USAGE);
          assertThat(entry.usd()).isNull();
          assertThat(entry.usage().outputTokens()).isEqualTo(100);
        })
        .anySatisfy(entry -> {
          assertThat(entry.kind()).isEqualTo(LedgerEntry.Kind.LOST);
          assertThat(entry.requests()).isEqualTo(1);
        })
        .hasSize(2);
  }

  @Test
  void writesSavingsAlsoThoseBelowZero() throws Exception {
    GovernedMethod desk = start();
    AgentCall call = desk.begin(null, "acme", "ann");
    assertThat(call.proceed()).isTrue();
    CostSaved.publish(call, "route", "gpt-4o-mini", Usage.of(10, 1), 100, 250);
    CostSaved.publish(call, "cache", null, Usage.of(10, 1), 300, 0);
    CostSaved.publish(call, "cache", "unknown", Usage.of(10, 1), -1, 0);
    call.returned("fine");
    call.proceed();

    List<LedgerEntry> entries = entries();

    assertThat(entries).hasSize(2);
    assertThat(entries.get(0).usd()).isEqualByComparingTo("-0.00000015");
    assertThat(entries.get(0).saving().usd()).isEqualByComparingTo("0.0000001");
    assertThat(entries.get(1).usd()).isEqualByComparingTo("0.0000003");
  }
}
