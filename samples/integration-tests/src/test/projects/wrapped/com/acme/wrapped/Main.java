package com.acme.wrapped;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.gild.langchain4j.GildChatModelListener;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads one command per line and writes its answer. */
public final class Main {

  public static void main(String[] arguments) throws Exception {
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(System.getenv("PROVIDER"))
            .apiKey("none")
            .modelName("gpt-4o")
            .maxRetries(Integer.getInteger("retries", 0))
            .listeners(Boolean.getBoolean("listener") ? List.of(new GildChatModelListener()) : List.of())
            .build();
    Desk desk = Desk_Gild.gilded(model);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(desk, line));
    }
  }

  private static String answer(Desk desk, String line) {
    String command = line.substring(0, line.indexOf(' '));
    String rest = line.substring(line.indexOf(' ') + 1);
    try {
      return switch (command) {
        case "budgeted" -> desk.budgeted(rest, "acme");
        case "routed" -> desk.routed(rest);
        case "stubborn" -> desk.stubborn(rest);
        case "cached" -> desk.cached(rest);
        case "fallback" -> desk.fallback(rest);
        case "later" -> desk.later(rest).get();
        case "reporting" -> desk.reporting(rest, "globex");
        default -> "unknown command " + command;
      };
    } catch (Throwable failure) {
      return "threw " + failure.getClass().getSimpleName();
    }
  }
}
