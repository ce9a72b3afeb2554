package io.gild.versions;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.MethodSpec.Role;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives the code of a new version its prompt and model, right before it runs. The stages around it
 * see what the caller gave, so that sessions and memories do not contain the prompt of the version.
 */
final class VariantStage extends Stage {

  private final @Nullable PromptTemplate prompt;
  private final ModelMap models;
  private final CallKind kind;
  private final int promptIndex;
  private final int modelIndex;
  private final int slot;

  VariantStage(@Nullable PromptTemplate prompt, ModelMap models, StageContext context) {
    this.prompt = prompt;
    this.kind = context.spec().kind();
    this.models = kind == CallKind.AGENT || kind == CallKind.CHAT ? models : ModelMap.NONE;
    this.promptIndex = Parameters.promptIndex(context.spec());
    this.modelIndex = context.spec().indexOf(Role.MODEL);
    this.slot = context.newSlot();
  }

  @Override
  public boolean enter(AgentCall call) {
    if (prompt != null && promptIndex >= 0 && call.argument(promptIndex) instanceof String given) {
      call.slot(slot, given);
      call.argument(promptIndex, prompt.apply(given));
    }
    // A model that is required already is that of an earlier attempt or of the call around.
    if (!models.isEmpty() && !call.isModelRequired()) {
      chooseModel(call);
    }
    return true;
  }

  private void chooseModel(AgentCall call) {
    String routed = call.routedModel();
    String present = routed == null ? asked(call) : routed;
    String model = models.of(present);
    if (model != null) {
      call.requireModel(model);
      if (modelIndex >= 0 && kind == CallKind.AGENT) {
        call.argument(modelIndex, model);
      }
    }
  }

  private @Nullable String asked(AgentCall call) {
    return modelIndex >= 0 && call.argument(modelIndex) instanceof String model && !model.isEmpty()
        ? model
        : null;
  }

  @Override
  public boolean exit(AgentCall call) {
    Object given = call.slot(slot);
    if (given != null) {
      call.argument(promptIndex, given);
      call.slot(slot, null);
    }
    return false;
  }
}
