package com.acme.library;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** An application that has only a main method and an AI service. */
public final class ServiceMain {

  /** The interface that the library implements. */
  public interface Assistant {
    String chat(String question);
  }

  private ServiceMain() {}

  public static void main(String[] arguments) throws Exception {
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(System.getenv("PROVIDER"))
            .apiKey("none")
            .modelName(Desk.MODEL)
            .maxRetries(0)
            .build();
    Assistant assistant = AiServices.create(Assistant.class, model);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      try {
        System.out.println(assistant.chat(line.substring("chat ".length())));
      } catch (RuntimeException failure) {
        System.out.println("threw " + failure);
      }
    }
    System.exit(0);
  }
}
