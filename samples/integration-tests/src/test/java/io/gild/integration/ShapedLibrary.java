package io.gild.integration;

import com.acme.shapes.AdkProgram;
import com.acme.shapes.AnthropicProgram;
import com.acme.shapes.BedrockProgram;
import com.acme.shapes.GeminiProgram;
import com.acme.shapes.LangChain4jAnthropicProgram;
import com.acme.shapes.LangChain4jOllamaProgram;
import com.acme.shapes.LangChain4jProgram;
import com.acme.shapes.OpenAiProgram;
import com.acme.shapes.Program;
import com.acme.shapes.SpringAiAnthropicProgram;
import com.acme.shapes.SpringAiOllamaProgram;
import com.acme.shapes.SpringAiProgram;
import io.gild.testkit.ShapeProvider;
import java.util.ArrayList;
import java.util.List;

/** A row of {@code docs/libraries.md}, and the program that uses it. */
enum ShapedLibrary {
  OPENAI(OpenAiProgram.class, true, "com.openai:openai-java:4.101.0"),
  ANTHROPIC(AnthropicProgram.class, false, "com.anthropic:anthropic-java:3.12.0"),
  LANGCHAIN4J(
      LangChain4jProgram.class,
      true,
      "dev.langchain4j:langchain4j-core:1.20.0",
      "dev.langchain4j:langchain4j:1.19.0",
      "dev.langchain4j:langchain4j-open-ai:1.19.0"),
  LANGCHAIN4J_OLLAMA(
      LangChain4jOllamaProgram.class,
      false,
      "dev.langchain4j:langchain4j-ollama:1.18.1",
      "dev.langchain4j:langchain4j:1.18.1",
      "dev.langchain4j:langchain4j-open-ai:1.18.1"),
  LANGCHAIN4J_ANTHROPIC(
      LangChain4jAnthropicProgram.class,
      false,
      "dev.langchain4j:langchain4j-anthropic:1.19.0",
      "dev.langchain4j:langchain4j-open-ai:1.19.0"),
  SPRING_AI(
      SpringAiProgram.class,
      true,
      "org.springframework.ai:spring-ai-openai:2.0.1",
      "com.fasterxml.jackson.core:jackson-annotations:2.21"),
  SPRING_AI_OLLAMA(
      SpringAiOllamaProgram.class,
      false,
      "org.springframework.ai:spring-ai-ollama:2.0.1",
      "org.springframework.ai:spring-ai-openai:2.0.1",
      "com.fasterxml.jackson.core:jackson-annotations:2.21"),
  SPRING_AI_ANTHROPIC(
      SpringAiAnthropicProgram.class,
      false,
      "org.springframework.ai:spring-ai-anthropic:2.0.1",
      "org.springframework.ai:spring-ai-openai:2.0.1",
      "com.fasterxml.jackson.core:jackson-annotations:2.21"),
  GEMINI(GeminiProgram.class, false, "com.google.genai:google-genai:1.70.0"),
  ADK(AdkProgram.class, false, "com.google.adk:google-adk:1.8.0"),
  BEDROCK(BedrockProgram.class, false, "software.amazon.awssdk:bedrockruntime:2.54.14");

  private static final String WANTED = System.getProperty("gild.difference.library", "");

  private final Class<? extends Program> program;
  private final boolean openAi;
  private final List<String> coordinates;

  ShapedLibrary(Class<? extends Program> program, boolean openAi, String... coordinates) {
    this.program = program;
    this.openAi = openAi;
    this.coordinates = new ArrayList<>(List.of(coordinates));
    this.coordinates.add("org.slf4j:slf4j-nop:2.0.17");
  }

  /**
   * Whether the library reports all counts of the provider; Spring AI drops some of Anthropic's.
   */
  boolean tellsAllCounts() {
    return this != SPRING_AI_ANTHROPIC;
  }

  /** Whether it is run: all are, unless one is named. */
  boolean isWanted() {
    return WANTED.isEmpty() || WANTED.equals(name());
  }

  String program() {
    return program.getName();
  }

  String classPath() {
    return ClassPaths.of(coordinates);
  }

  /** Returns the address where a provider speaks the library's protocol. */
  String url(ShapeProvider provider) {
    return openAi ? provider.openAiBaseUrl() : provider.baseUrl();
  }
}
