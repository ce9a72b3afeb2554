package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.cost.SemanticAnswers.Kept;
import io.gild.semantic.SemanticVerdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures which answers the semantic cache would repeat, and repeats none. */
final class MeasuringStage extends Stage {

  private final SemanticAnswers semantic;
  private final int slot;

  private MeasuringStage(SemanticAnswers semantic, StageContext context) {
    this.semantic = semantic;
    this.slot = context.newSlot();
  }

  static @Nullable MeasuringStage of(CachePolicy policy, StageContext context) {
    SemanticAnswers semantic =
        SemanticAnswers.of(policy, new CacheKeys(policy, context.spec()), context);
    return semantic == null ? null : new MeasuringStage(semantic, context);
  }

  @Override
  public boolean enter(AgentCall call) {
    if (!call.isFresh()) {
      call.slot(slot, semantic.lookup(call));
      call.keepElements();
    }
    return true;
  }

  @Override
  @SuppressWarnings("unchecked") // as enter() put it there
  public boolean exit(AgentCall call) {
    SemanticVerdict<Kept> verdict = (SemanticVerdict<Kept>) call.slot(slot);
    Object value = call.failure() == null ? Copies.of(CacheStage.value(call)) : null;
    if (verdict != null && value != null) {
      semantic.learn(call, verdict, value, Set.of());
    }
    return false;
  }
}
