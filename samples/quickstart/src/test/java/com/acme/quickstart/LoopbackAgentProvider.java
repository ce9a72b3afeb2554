package com.acme.quickstart;

import dev.langchain4j.model.openai.OpenAiChatModel;
import io.gild.evaluation.spi.GoldenAgentProvider;
import io.gild.evaluation.spi.GoldenRun;
import io.gild.langchain4j.GildChatModelListener;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.util.List;
import java.util.Optional;

/** Gives the golden tests an agent that calls a model on this machine, which needs no key. */
public final class LoopbackAgentProvider implements GoldenAgentProvider {

  private final ModelProvider provider =
      ModelProvider.builder().answers(LoopbackAgentProvider::answer).start();

  @Override
  public <T> Optional<T> agent(Class<T> type, GoldenRun run) {
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(provider.openAiBaseUrl())
            .apiKey("none")
            .maxRetries(0)
            .listeners(List.of(new GildChatModelListener()))
            .build();
    return Optional.of(type.cast(SupportAgent_Gild.gilded(model, "You are the support desk.")));
  }

  private static ModelAnswer answer(ModelRequest request) {
    return ModelAnswer.text(
        request.lastUserText().contains("refund")
            ? "You get your money back within 30 days."
            : "On Saturdays we are open from 10:00 to 16:00.");
  }
}
