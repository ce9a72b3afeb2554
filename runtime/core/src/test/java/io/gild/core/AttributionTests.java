package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttributionTests {

  private final GildRuntime runtime = GildRuntime.builder().settings(Settings.defaults()).build();
  private final GovernedMethod desk =
      runtime.method(
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
  private final GovernedMethod model =
      runtime.method(MethodSpec.of("gpt", "com.acme.Gpt", "chat", "()Ljava/lang/String;"));
  private final List<UsageRecorded> recorded = new ArrayList<>();

  AttributionTests() {
    runtime.events().subscribe(UsageRecorded.class, recorded::add);
  }

  @Test
  void readsParametersLabelsAndTheModelOfEachRequest() {
    CallLabels.of(CostDimension.TASK, "ticket-7")
        .and(CostDimension.USER, "outer")
        .run(() -> {
          AgentCall call = desk.begin(null, "acme", "ann");
          call.routeTo("gpt-4o-mini", "small");
          report(model.begin(null), "gpt-4o-mini");
          finish(call);
        });

    assertThat(recorded).hasSize(1);
    Attribution attribution = recorded.get(0).attribution();
    assertThat(attribution.values())
        .containsEntry(CostDimension.AGENT, "desk")
        .containsEntry(CostDimension.METHOD, "desk.answer")
        .containsEntry(CostDimension.VERSION, "2")
        .containsEntry(CostDimension.TENANT, "acme")
        .containsEntry(CostDimension.USER, "ann")
        .containsEntry(CostDimension.TASK, "ticket-7")
        .containsEntry(CostDimension.TIER, "small")
        .containsEntry(CostDimension.MODEL, "gpt-4o-mini")
        .doesNotContainKeys(CostDimension.SESSION, CostDimension.STEP);
    assertThat(recorded.get(0).nanoUsd()).isPositive();
    assertThat(recorded.get(0).within()).hasSize(2);
  }

  @Test
  void usesTheLabelWhereAParameterIsNullOrEmpty() {
    CallLabels.of(CostDimension.TENANT, "labelled")
        .run(() -> {
          AgentCall call = desk.begin(null, "", null);
          assertThat(call.attribution().get(CostDimension.TENANT)).isEqualTo("labelled");
          assertThat(call.attribution().get(CostDimension.USER)).isEmpty();
          finish(call);
        });
    AgentCall after = desk.begin(null, null, null);
    assertThat(after.attribution()).isEqualTo(after.attribution());
    assertThat(after.attribution().get(CostDimension.TENANT)).isEmpty();
    finish(after);
  }

  @Test
  void letsInnerLabelsHideOuterOnesAndRestoresThem() {
    CallLabels.of(CostDimension.TASK, "outer")
        .run(() -> {
          CallLabels.of(CostDimension.TASK, "").run(() -> assertThat(task()).isEmpty());
          assertThat(task()).isEqualTo("outer");
        });
    assertThat(task()).isEmpty();
  }

  @Test
  void carriesLabelsWithTheContextOfAThread() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Runnable end = CallLabels.of(CostDimension.TASK, "carried").open();
    try {
      assertThat(
              pool.submit(CallContext.capture().wrapCallable(this::task)).get(10, TimeUnit.SECONDS))
          .isEqualTo("carried");
      assertThat(pool.submit(this::task).get(10, TimeUnit.SECONDS)).isEmpty();
    } finally {
      end.run();
      pool.shutdownNow();
    }
  }

  @Test
  void refusesLabelsThatGildKnows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallLabels.of(CostDimension.MODEL, "gpt-4o"))
        .withMessage("model cannot be a label: Gild knows it by itself");
  }

  @Test
  void cutsLongValuesOff() {
    AgentCall call = desk.begin(null, "x".repeat(100_000), null);
    assertThat(call.attribution().get(CostDimension.TENANT)).hasSize(200);
    finish(call);
  }

  private String task() {
    AgentCall call = model.begin(null);
    String task = call.attribution().get(CostDimension.TASK);
    finish(call);
    return task;
  }

  private static void report(AgentCall call, String model) {
    while (call.proceed()) {
      call.recordUsage(model, Usage.of(1_000, 100));
      call.returned("answer");
    }
  }

  private static void finish(AgentCall call) {
    while (call.proceed()) {
      call.returned("answer");
    }
  }
}
