package com.acme.support;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Answers customers' questions about banking, travel and the household. */
public final class SupportDesk {

  public static final String INSTRUCTIONS =
      """
      You are the support desk of Acme, which helps its customers with banking, travel and the
      household. Decide which intent the customer's question has and answer in one short sentence.
      Reply with exactly two lines:
      Intent: <one label of the list below, or oos if none fits>
      Answer: <one short, friendly sentence>

      Labels: %s
      """
          .formatted(labels());

  private final ChatModel model;

  public SupportDesk(ChatModel model) {
    this.model = model;
  }

  /** Connects to the model that the environment and the system properties name. */
  public static SupportDesk connect() {
    return new SupportDesk(
        OpenAiChatModel.builder()
            .baseUrl(environment("OPENAI_BASE_URL", "https://api.openai.com/v1"))
            .apiKey(environment("OPENAI_API_KEY", "none"))
            .modelName(System.getProperty("support.model", environment("SUPPORT_MODEL", "gpt-4o")))
            .temperature(0.0)
            // Off, as in many agents of its age: a retry once doubled a bill.
            .maxRetries(Integer.getInteger("support.maxRetries", 0))
            .build());
  }

  /** Returns the intent and the answer, on a line each. */
  public String answer(String question) {
    return model
        .chat(SystemMessage.from(INSTRUCTIONS), UserMessage.from(question))
        .aiMessage()
        .text();
  }

  private static String environment(String name, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(name), otherwise);
  }

  private static String labels() {
    try (InputStream in = SupportDesk.class.getResourceAsStream("intents.txt")) {
      String lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return String.join(", ", lines.strip().split("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
