package io.gild.memory;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.gild.memory.SessionMessage.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the stages that remember prompts and answers, as the caller gave and got them. */
final class RememberProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.inside(Phase.OBSERVE, "remember");
  }

  @Override
  public Class<RememberPolicy> policy() {
    return RememberPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    RememberPolicy policy = context.policies().get(RememberPolicy.class);
    if (policy == null) {
      return null;
    }
    CallMemory calls = new CallMemory(context);
    if (!calls.hasPrompt()) {
      GildLog.infoOnce(
          "%s has no prompt, so nothing of it is remembered: mark a text parameter with @Prompt, or remove remember"
              .formatted(context.spec().id()));
      return null;
    }
    return new Remember(policy, calls, context.newSlot());
  }

  private static final class Remember extends Stage {

    private final RememberPolicy policy;
    private final CallMemory calls;
    private final int slot;

    Remember(RememberPolicy policy, CallMemory calls, int slot) {
      this.policy = policy;
      this.calls = calls;
      this.slot = slot;
    }

    @Override
    public boolean enter(AgentCall call) {
      call.slot(slot, calls.runtime().clock().now());
      return true;
    }

    @Override
    public boolean exit(AgentCall call) {
      Object asked = call.slot(slot);
      if (call.failure() == null && !call.isFresh() && asked instanceof Instant at) {
        CallMemory.quietly("Remembering a call", () -> remember(call, at));
      }
      return false;
    }

    private void remember(AgentCall call, Instant at) {
      String prompt = calls.prompt(call);
      if (prompt.isBlank()) {
        return;
      }
      MemoryOwner owner = calls.owner(call);
      String session = calls.session(call);
      String id = UUID.randomUUID().toString();
      if (policy.session()) {
        if (session.isEmpty()) {
          GildLog.infoOnce(
              "A call of %s has no session, so it is not appended to one: mark a parameter with @Session, or set remember.session: false"
                  .formatted(calls.spec().id()));
        } else {
          SessionKey key = new SessionKey(owner.tenant(), owner.agent(), session);
          CallMemory.quietly(
              "Appending a call to its session", () -> append(key, id, prompt, at, call));
        }
      }
      if (policy.longTerm()) {
        calls
            .memory()
            .memories()
            .remember(
                new MemoryDraft(prompt)
                    .owner(owner)
                    .kind(policy.kind())
                    .importance(policy.importance())
                    .created(at)
                    .source(new MemorySource(session, id + "-prompt", id)));
      }
    }

    private void append(SessionKey key, String id, String prompt, Instant at, AgentCall call) {
      SessionMessage asked = SessionMessage.of(id + "-prompt", Role.USER, prompt, at);
      String answer = CallMemory.text(call.value());
      ChatSession session = calls.memory().sessions().session(key);
      if (CallMemory.isStream(call.value())) {
        GildLog.infoOnce(
            "Answers of %s are streams, which are not remembered: only its questions are appended to sessions"
                .formatted(calls.spec().id()));
      }
      if (answer.isEmpty()) {
        session.append(asked);
      } else {
        Instant now = calls.runtime().clock().now();
        session.append(asked, SessionMessage.of(id + "-answer", Role.ASSISTANT, answer, now));
      }
    }
  }
}
