package io.gild.memory;

import io.gild.core.AgentCall;
import io.gild.core.CallRefused;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.MethodSpec.Role;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the stages that keep finished tasks and fill a parameter with useful ones. */
final class ExperienceProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.inside(Phase.FALLBACK, "experience");
  }

  @Override
  public Class<ExperiencePolicy> policy() {
    return ExperiencePolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    ExperiencePolicy policy = context.policies().get(ExperiencePolicy.class);
    if (policy == null) {
      return null;
    }
    CallMemory calls = new CallMemory(context);
    if (!calls.hasPrompt()) {
      GildLog.infoOnce(
          "%s has no prompt, so it learns nothing: mark a text parameter with @Prompt, or remove experience"
              .formatted(context.spec().id()));
      return null;
    }
    FilledParameter parameter =
        FilledParameter.of(context.spec(), policy.parameter(), Role.EXPERIENCE);
    return new ExperienceStage(policy, calls, parameter);
  }

  private static final class ExperienceStage extends Stage {

    private static final String KNOWN = "Experience with similar tasks:";

    private final ExperiencePolicy policy;
    private final CallMemory calls;
    private final @Nullable FilledParameter parameter;

    ExperienceStage(
        ExperiencePolicy policy, CallMemory calls, @Nullable FilledParameter parameter) {
      this.policy = policy;
      this.calls = calls;
      this.parameter = parameter;
    }

    @Override
    public boolean enter(AgentCall call) {
      if (parameter != null || HostClasses.attached()) {
        CallMemory.give("Finding experiences", call, parameter, KNOWN, () -> texts(call));
      }
      return true;
    }

    private List<String> texts(AgentCall call) {
      return calls
          .memory()
          .experiences()
          .useful(calls.owner(call), calls.prompt(call), policy.limit())
          .stream()
          .map(each -> each.experience().text())
          .toList();
    }

    @Override
    public boolean exit(AgentCall call) {
      boolean ran =
          !call.isFresh() && (call.cacheResult() == null || "miss".equals(call.cacheResult()));
      if (ran && !(call.failure() instanceof CallRefused) && !call.cancelled()) {
        CallMemory.quietly("Keeping an experience", () -> keep(call));
      }
      return false;
    }

    private void keep(AgentCall call) {
      String prompt = calls.prompt(call);
      Throwable failure = call.failure();
      String answer = failure == null ? CallMemory.text(call.value()) : failure.toString();
      if (prompt.isBlank()) {
        return;
      }
      calls
          .memory()
          .experiences()
          .record(
              calls.owner(call),
              prompt,
              answer,
              call.facts().toolCalls(),
              failure == null ? 1 : 0,
              call.facts().costUsd(),
              Duration.ofNanos(Math.max(0, calls.runtime().clock().nanoTime() - call.startNanos())),
              new MemorySource(calls.session(call), "", ""));
    }
  }
}
