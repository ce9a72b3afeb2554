package com.acme.library;

import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.RunConfig;
import com.google.adk.events.Event;
import com.google.adk.models.Gemini;
import com.google.adk.models.LlmRequest;
import com.google.adk.models.LlmResponse;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.tools.FunctionTool;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** On Google's ADK, whose Gemini uses google-genai. Its other way is an agent that streams. */
public class AdkDesk extends Desk {

  private final Gemini model =
      new Gemini(MODEL, Client.builder().apiKey("none").httpOptions(GeminiDesk.options()).build());

  private static LlmRequest request(String question) {
    return LlmRequest.builder().contents(List.of(user(question))).build();
  }

  private static Content user(String question) {
    return Content.builder().role("user").parts(List.of(Part.fromText(question))).build();
  }

  private static String text(Optional<Content> content) {
    StringBuilder text = new StringBuilder();
    content
        .flatMap(Content::parts)
        .orElse(List.of())
        .forEach(part -> text.append(part.text().orElse("")));
    return text.toString();
  }

  @Override
  public String chat(String question) {
    return text(model.generateContent(request(question), false).blockingSingle().content());
  }

  @Override
  public String async(String question) throws Exception {
    return model
        .generateContent(request(question), false)
        .subscribeOn(Schedulers.io())
        .map(response -> text(response.content()))
        .firstOrError()
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  /** The last response with text contains all of the text again. */
  @Override
  public String stream(String question) {
    Flowable<LlmResponse> responses = model.generateContent(request(question), true);
    return responses
        .filter(response -> !response.partial().orElse(false))
        .map(response -> text(response.content()))
        .filter(text -> !text.isEmpty())
        .blockingLast();
  }

  /** The tool. */
  public static Map<String, Object> time() {
    return Map.of("time", noon());
  }

  @Override
  public String tool(String question) {
    return run(question, RunConfig.builder().build());
  }

  @Override
  public String other(String question) {
    return run(question, RunConfig.builder().streamingMode(RunConfig.StreamingMode.SSE).build());
  }

  private String run(String question, RunConfig config) {
    LlmAgent agent =
        LlmAgent.builder()
            .name("clock")
            .model(model)
            .tools(FunctionTool.create(AdkDesk.class, "time"))
            .build();
    InMemoryRunner runner = new InMemoryRunner(agent, "desk");
    String session = runner.sessionService().createSession("desk", "somebody").blockingGet().id();
    return runner
        .runAsync("somebody", session, user(question), config)
        .filter(Event::finalResponse)
        .map(event -> text(event.content()))
        .filter(text -> !text.isEmpty())
        .blockingLast();
  }
}
