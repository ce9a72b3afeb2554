package com.acme.newsroom;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.gild.a2a.serve.ServedObject;
import io.gild.a2a.server.A2aServer;
import io.gild.langchain4j.GildChatModelListener;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.List;

/** Serves one agent of the newsroom: {@code AgentMain NAME PORT MODEL_URL}. */
public final class AgentMain {

  private AgentMain() {}

  public static void main(String[] args) throws Exception {
    AutoConfiguredOpenTelemetrySdk.initialize(); // as the variables OTEL_* say
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(args[2])
            .apiKey("none")
            .modelName("gpt-4o-mini")
            .maxRetries(0)
            .listeners(List.of(new GildChatModelListener()))
            .build();
    A2aServer server =
        A2aServer.builder()
            .port(Integer.parseInt(args[1]))
            .agent(ServedObject.agent(agent(args[0], model)))
            .start();
    System.out.println("ready " + server.port());
    new java.util.concurrent.CountDownLatch(1).await();
  }

  private static Object agent(String name, ChatModel model) {
    return switch (name) {
      case "research" -> Researcher_Gild.gilded(model);
      case "writer" -> Writer_Gild.gilded(model);
      case "reviewer" -> Reviewer_Gild.gilded(model);
      default -> throw new IllegalArgumentException("no agent " + name);
    };
  }
}
