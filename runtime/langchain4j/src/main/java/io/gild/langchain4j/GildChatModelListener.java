package io.gild.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import org.jspecify.annotations.Nullable;

/**
 * Reports the tokens of each answer, also of streams, to the governed call that made the request.
 *
 * <pre>{@code
 * ChatModel model = OpenAiChatModel.builder()
 *     .listeners(List.of(new GildChatModelListener()))
 *     ...
 * }</pre>
 *
 * <p>Thread-safe; one instance may serve many models. If the javaagent is attached, it counts
 * tokens itself and this listener does nothing.
 */
public final class GildChatModelListener implements ChatModelListener {

  private static final Object CALL = new Object();

  /** Creates a listener. */
  public GildChatModelListener() {}

  @Override
  public void onRequest(ChatModelRequestContext context) {
    if (GildRuntime.isAttached()) {
      return;
    }
    AgentCall call = AgentCall.current();
    if (call == null) {
      GildLog.infoOnce(
          "A model with a GildChatModelListener was called outside of any governed call: no agent"
              + " is charged with its tokens. Give tasks to thread pools through"
              + " CallContext.executor(...), or attach the javaagent.");
    } else {
      context.attributes().put(CALL, call);
    }
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    if (context.attributes().get(CALL) instanceof AgentCall call) {
      report(call, context.chatResponse());
    }
  }

  private static void report(AgentCall call, ChatResponse response) {
    String model = response.modelName();
    call.recordUsage(model == null ? "unknown" : model, usage(response.tokenUsage()));
    if (response.finishReason() != null) {
      call.detail()
          .recordFinishReason(response.finishReason().name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private static Usage usage(@Nullable TokenUsage tokens) {
    return tokens == null
        ? Usage.NONE
        : Usage.of(count(tokens.inputTokenCount()), count(tokens.outputTokenCount()));
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }
}
