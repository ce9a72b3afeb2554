package com.acme.fleet;

import java.util.List;

/** Writes what all agents of a module use. */
final class ModuleWriter {

  private static final String MODELS =
      """
      package PACKAGE;

      import com.anthropic.client.AnthropicClient;
      import com.anthropic.client.okhttp.AnthropicOkHttpClient;
      import com.openai.client.OpenAIClient;
      import com.openai.client.okhttp.OpenAIOkHttpClient;
      import dev.langchain4j.model.chat.ChatModel;
      import dev.langchain4j.model.openai.OpenAiChatModel;
      import java.net.http.HttpClient;
      import org.springframework.ai.openai.OpenAiChatOptions;

      /** Where models are. */
      final class Models {

        private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private static final OpenAIClient OPENAI =
            OpenAIOkHttpClient.builder().baseUrl(libraryUrl() + "/v1").apiKey("none").maxRetries(0).build();
        private static final AnthropicClient ANTHROPIC =
            AnthropicOkHttpClient.builder().baseUrl(libraryUrl()).apiKey("none").maxRetries(0).build();

        private Models() {}

        static String libraryUrl() {
          return System.getProperty("fleet.library-url");
        }

        static String httpUrl() {
          return System.getProperty("fleet.http-url");
        }

        static ChatModel chat(String name) {
          return OpenAiChatModel.builder()
              .baseUrl(libraryUrl() + "/v1")
              .apiKey("none")
              .modelName(name)
              .maxRetries(0)
              .build();
        }

        static org.springframework.ai.chat.model.ChatModel spring(String name) {
          return org.springframework.ai.openai.OpenAiChatModel.builder()
              .options(
                  OpenAiChatOptions.builder()
                      .baseUrl(libraryUrl() + "/v1")
                      .apiKey("none")
                      .model(name)
                      .maxRetries(0)
                      .build())
              .build();
        }

        static OpenAIClient openAi() {
          return OPENAI;
        }

        static AnthropicClient anthropic() {
          return ANTHROPIC;
        }

        static HttpClient http() {
          return HTTP;
        }
      }
      """;

  private static final String TEXTS =
      """
      package PACKAGE;

      /** JSON by hand. */
      final class Texts {

        private Texts() {}

        static String escape(String text) {
          return text.replace("\\\\", "\\\\\\\\").replace("\\"", "\\\\\\"").replace("\\n", "\\\\n");
        }

        /** Returns the first content of an answer. */
        static String content(String json) {
          int start = json.indexOf("\\"content\\":");
          start = json.indexOf('"', start + 10) + 1;
          StringBuilder text = new StringBuilder();
          for (int i = start; json.charAt(i) != '"'; i++) {
            char next = json.charAt(i);
            text.append(next == '\\\\' ? json.charAt(++i) : next);
          }
          return text.toString();
        }
      }
      """;

  private ModuleWriter() {}

  static String models(String packageName) {
    return MODELS.replace("PACKAGE", packageName);
  }

  static String texts(String packageName) {
    return TEXTS.replace("PACKAGE", packageName);
  }

  /** Returns the class by which the agents of a module are found. */
  static String fleet(String packageName, List<Agent> agents) {
    StringBuilder lines = new StringBuilder();
    for (Agent agent : agents) {
      String target =
          agent.style() == Style.STATIC_METHOD ? agent.type() : "new " + agent.type() + "()";
      lines.append("    agents.put(\"%s\", %s::answer);\n".formatted(agent.name(), target));
    }
    return """
    package PACKAGE;

    import java.util.LinkedHashMap;
    import java.util.Map;
    import java.util.function.UnaryOperator;

    /** The agents of this module. */
    public final class Fleet {

      private Fleet() {}

      public static Map<String, UnaryOperator<String>> agents() {
        Map<String, UnaryOperator<String>> agents = new LinkedHashMap<>();
    LINES    return agents;
      }
    }
    """
        .replace("PACKAGE", packageName)
        .replace("LINES", lines);
  }
}
