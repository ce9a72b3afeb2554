package com.acme.shapes;

import java.util.List;
import java.util.function.Function;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import reactor.core.publisher.Flux;

/** On Spring AI and its client of OpenAI. */
public class SpringAiProgram extends Program {

  public SpringAiProgram() {
    this(OpenAiChatModel.builder().options(options("none")).build(), SpringAiProgram::options);
  }

  /** Asks models of whatever vendor. */
  protected SpringAiProgram(ChatModel chats, Function<String, ChatOptions> options) {
    way("chat", model -> chats.call(asking(options.apply(model))));
    way("stream", model -> told(chats.stream(asking(options.apply(model)))));
  }

  private static OpenAiChatOptions options(String model) {
    return OpenAiChatOptions.builder()
        .baseUrl(PROVIDER)
        .apiKey("none")
        .model(model)
        .maxRetries(0)
        .build();
  }

  private static Prompt asking(ChatOptions options) {
    return new Prompt(List.of(new UserMessage("Hello")), options);
  }

  private static String told(Flux<?> pieces) {
    Told told = new Told();
    pieces
        .doOnNext(piece -> told.add("next", piece))
        .doOnError(failure -> told.add("error", failure(failure)))
        .doOnComplete(() -> told.add("complete", ""))
        .onErrorComplete()
        .blockLast();
    return told.toString();
  }
}
