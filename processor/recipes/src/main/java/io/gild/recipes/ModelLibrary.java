package io.gild.recipes;

import java.util.List;
import java.util.Set;

/** The libraries whose calls reach a model, with the names by which sources show it. */
enum ModelLibrary {
  LANGCHAIN4J(
      "LangChain4j",
      List.of("dev.langchain4j.model.chat.", "dev.langchain4j.model.", "dev.langchain4j.chain."),
      Set.of("chat", "generate", "doChat", "execute")),
  SPRING_AI(
      "Spring AI",
      List.of("org.springframework.ai.chat.", "org.springframework.ai."),
      Set.of("call", "stream")),
  OPENAI(
      "openai-java", List.of("com.openai."), Set.of("create", "createStreaming", "parseStreaming")),
  ANTHROPIC("anthropic-java", List.of("com.anthropic."), Set.of("create", "createStreaming")),
  GOOGLE_GENAI(
      "google-genai",
      List.of("com.google.genai."),
      Set.of("generateContent", "generateContentStream", "sendMessage", "sendMessageStream")),
  BEDROCK(
      "Bedrock",
      List.of("software.amazon.awssdk.services.bedrockruntime."),
      Set.of("converse", "converseStream", "invokeModel", "invokeModelWithResponseStream")),
  ADK("ADK", List.of("com.google.adk."), Set.of("run", "runAsync", "runLive", "generateContent")),
  HTTP(
      "HTTP",
      List.of(
          "java.net.http.HttpClient",
          "java.net.HttpURLConnection",
          "java.net.URLConnection",
          "javax.net.ssl.HttpsURLConnection",
          "okhttp3.OkHttpClient",
          "org.springframework.web.client.RestTemplate",
          "org.springframework.web.client.RestClient",
          "org.springframework.web.reactive.function.client.WebClient"),
      Set.of(
          "send",
          "sendAsync",
          "getInputStream",
          "getResponseCode",
          "newCall",
          "postForObject",
          "postForEntity",
          "exchange",
          "post"));

  /** Paths of the requests that ask a model. */
  private static final List<String> PATHS =
      List.of(
          "/chat/completions",
          "/v1/completions",
          "/v1/messages",
          "/v1/responses",
          ":generateContent",
          ":streamGenerateContent",
          "/api/chat",
          "/api/generate");

  private final String title;
  private final List<String> types;
  private final Set<String> methods;

  ModelLibrary(String title, List<String> types, Set<String> methods) {
    this.title = title;
    this.types = types;
    this.methods = methods;
  }

  String title() {
    return title;
  }

  boolean isMethod(String name) {
    return methods.contains(name);
  }

  boolean isType(String qualifiedName) {
    return types.stream().anyMatch(qualifiedName::startsWith);
  }

  /** Returns whether a text contains the path of a request that asks a model. */
  static boolean isModelPath(String text) {
    return PATHS.stream().anyMatch(text::contains);
  }

  /** Returns whether a source may call a model; it is parsed only then. */
  static boolean mayBeIn(String source) {
    for (ModelLibrary library : values()) {
      if (library != HTTP && library.types.stream().anyMatch(source::contains)) {
        return true;
      }
    }
    return isModelPath(source);
  }
}
