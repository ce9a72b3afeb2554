package io.gild.weaver;

import io.gild.core.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Spring AI's {@code Prompt} and {@code ChatResponse}. */
final class SpringAiDialect extends ModelDialect {

  private static final String CHAT = "org.springframework.ai.chat.";
  private static final String RESPONSE = CHAT + "model.ChatResponse";
  private static final String GENERATION = CHAT + "model.Generation";
  private static final String ASSISTANT = CHAT + "messages.AssistantMessage";

  private static final String[][] PROVIDERS = {
    {"azure", "azure.ai.openai"},
    {"openai", "openai"},
    {"anthropic", "anthropic"},
    {"bedrock", "aws.bedrock"},
    {"vertex", "gcp.vertex_ai"},
    {"google", "gcp.gemini"},
    {"mistral", "mistral_ai"},
    {"deepseek", "deepseek"},
    {"ollama", "ollama"},
  };

  @Override
  String provider(@Nullable Object self, @Nullable Object[] arguments) {
    return provider(self);
  }

  /** Tells the provider by the name of the model's class. */
  static String provider(@Nullable Object self) {
    String name = self == null ? "" : self.getClass().getName().toLowerCase(Locale.ROOT);
    for (String[] known : PROVIDERS) {
      if (name.contains(known[0])) {
        return known[1];
      }
    }
    return "spring_ai";
  }

  @Override
  @Nullable String askedModel(@Nullable Object self, @Nullable Object[] arguments)
      throws Throwable {
    Object own = Foreign.read(arguments[0], "getOptions", "getModel");
    return (String) (own == null ? Foreign.read(options(self), "getModel") : own);
  }

  /** Version 2 calls them options, what came before it default options. */
  private static @Nullable Object options(@Nullable Object self) throws Throwable {
    Object options = Foreign.read(self, "getOptions");
    return options == null ? Foreign.read(self, "getDefaultOptions") : options;
  }

  @Override
  @Nullable String prompt(@Nullable Object[] arguments) throws Throwable {
    return (String) Foreign.read(arguments[0], "getUserMessage", "getText");
  }

  @Override
  @Nullable Object[] withModel(@Nullable Object self, @Nullable Object[] arguments, String model)
      throws Throwable {
    @Nullable Object[] routed = arguments.clone();
    Object prompt = routed[0];
    Object own = Foreign.read(prompt, "getOptions");
    Object options = own == null ? options(self) : own;
    if (prompt == null || options == null) {
      throw new IllegalStateException("neither the prompt nor the model has options");
    }
    Object builder = Foreign.call(prompt, "mutate");
    routed[0] = Foreign.call(Foreign.call(builder, "chatOptions", asking(options, model)), "build");
    return routed;
  }

  private static Object asking(Object options, String model) throws Throwable {
    if (Foreign.has(options, "mutate")) {
      Object builder = Foreign.call(options, "mutate");
      return Foreign.call(Foreign.call(builder, "model", model), "build");
    }
    Object copy = Foreign.call(options, "copy");
    Foreign.call(copy, "setModel", model);
    return copy;
  }

  @Override
  boolean isResponse(Object value) {
    return Foreign.is(value, RESPONSE);
  }

  @Override
  ModelAnswer read(Object response) throws Throwable {
    Object generation = Foreign.read(response, "getResult");
    Object message = Foreign.read(generation, "getOutput");
    List<String> tools = new ArrayList<>();
    for (Object call : Foreign.list(message, "getToolCalls")) {
      tools.add(Foreign.text(call, "name"));
    }
    String model = Foreign.text(response, "getMetadata", "getModel");
    String finish = Foreign.text(generation, "getMetadata", "getFinishReason");
    return new ModelAnswer(
        model.isEmpty() ? ModelAnswer.UNKNOWN_MODEL : model,
        usage(Foreign.read(response, "getMetadata", "getUsage")),
        finish.isEmpty() ? null : finish.toLowerCase(Locale.ROOT),
        tools,
        tools.isEmpty() && Foreign.text(message, "getText").isEmpty());
  }

  /** The provider's own counts tell more, where Gild knows them. */
  static Usage usage(@Nullable Object usage) throws Throwable {
    Object own = Foreign.read(usage, "getNativeUsage");
    String type = own == null ? "" : own.getClass().getName();
    if (own != null && type.startsWith("com.openai.")) {
      return OpenAiDialect.usage(own);
    }
    if (own != null && type.startsWith("com.anthropic.")) {
      return AnthropicDialect.usage(own);
    }
    return new Usage(
        Foreign.count(usage, "getPromptTokens"),
        Foreign.count(usage, "getCacheReadInputTokens"),
        Foreign.count(usage, "getCacheWriteInputTokens"),
        Foreign.count(usage, "getCompletionTokens"),
        0);
  }

  /** Responses that each hold a piece of text; the last ones tell the rest. */
  private final class Responses extends ModelPieces {

    @Override
    void add(Object response) throws Throwable {
      ModelAnswer piece = read(response);
      if (!piece.model().equals(ModelAnswer.UNKNOWN_MODEL)) {
        model = piece.model();
      }
      if (piece.usage().inputTokens() + piece.usage().outputTokens() > 0) {
        usage = piece.usage();
      }
      finishReason = piece.finishReason() == null ? finishReason : piece.finishReason();
      tools.addAll(piece.toolCalls());
      text |= !piece.empty();
    }
  }

  @Override
  ModelPieces pieces() {
    return new Responses();
  }

  @Override
  String text(Object response) throws Throwable {
    return Foreign.text(response, "getResult", "getOutput", "getText");
  }

  @Override
  Object responseOf(Object neighbour, String text) throws Throwable {
    Object message = Foreign.make(neighbour, ASSISTANT, "new", text);
    Object generation = Foreign.make(neighbour, GENERATION, "new", message);
    return Foreign.make(neighbour, RESPONSE, "new", List.of(generation));
  }
}
