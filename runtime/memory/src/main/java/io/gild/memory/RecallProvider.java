package io.gild.memory;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.MethodSpec.Role;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the stages that fill a parameter with memories that fit the prompt. */
final class RecallProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.inside(Phase.FALLBACK, "recall");
  }

  @Override
  public Class<RecallPolicy> policy() {
    return RecallPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    RecallPolicy policy = context.policies().get(RecallPolicy.class);
    if (policy == null) {
      return null;
    }
    CallMemory calls = new CallMemory(context);
    FilledParameter parameter = FilledParameter.of(context.spec(), policy.parameter(), Role.RECALL);
    if (!calls.hasPrompt() || parameter == null && !HostClasses.attached()) {
      GildLog.infoOnce(
          "%s recalls nothing: it needs a text parameter as its prompt and, without a javaagent that adds to the requests of models, a parameter with @Recall or recall.parameter in gild.yaml"
              .formatted(context.spec().id()));
      return null;
    }
    return new RecallStage(policy, calls, parameter, context);
  }

  private static final class RecallStage extends Stage {

    private static final String KNOWN = "What is known from earlier, which may help:";

    private final RecallPolicy policy;
    private final CallMemory calls;
    private final @Nullable FilledParameter parameter;
    private final MeterRecorder found;
    private final MeterRecorder empty;

    RecallStage(
        RecallPolicy policy,
        CallMemory calls,
        @Nullable FilledParameter parameter,
        StageContext context) {
      this.found = context.recorder(MemoryMeter.RECALLS.spec(), "found");
      this.empty = context.recorder(MemoryMeter.RECALLS.spec(), "empty");
      this.policy = policy;
      this.calls = calls;
      this.parameter = parameter;
    }

    @Override
    public boolean enter(AgentCall call) {
      CallMemory.give("Recalling memories", call, parameter, KNOWN, () -> texts(call));
      return true;
    }

    private List<String> texts(AgentCall call) {
      RecallQuery query =
          new RecallQuery(calls.prompt(call))
              .owner(calls.owner(call))
              .limit(policy.limit())
              .threshold(policy.threshold());
      if (!policy.kind().isEmpty()) {
        query.kind(policy.kind());
      }
      List<String> texts =
          calls.memory().memories().recall(query).stream()
              .map(each -> each.memory().text())
              .toList();
      (texts.isEmpty() ? empty : found).record(1);
      return texts;
    }
  }
}
