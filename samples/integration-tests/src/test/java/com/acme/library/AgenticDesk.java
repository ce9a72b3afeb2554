package com.acme.library;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Workflows of LangChain4j's agents: in sequence, in parallel in a pool, and in a loop. */
public class AgenticDesk extends Desk {

  private final OpenAiChatModel model =
      OpenAiChatModel.builder()
          .baseUrl(provider())
          .apiKey("none")
          .modelName(MODEL)
          .maxRetries(maxRetries())
          .build();
  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  /** Writes a story. */
  public interface Writer {
    @Agent(outputKey = "story")
    @UserMessage("tell of {{topic}}")
    String write(@V("topic") String topic);
  }

  /** Scores a story. */
  public interface Critic {
    @Agent(outputKey = "verdict")
    @UserMessage("judge {{story}}")
    String judge(@V("story") String story);
  }

  /** Writes a poem. */
  public interface Poet {
    @Agent(outputKey = "poem")
    @UserMessage("sing of {{topic}}")
    String sing(@V("topic") String topic);
  }

  /** The interfaces of the workflows. */
  public interface Workshop {
    @Agent
    String run(@V("topic") String topic);
  }

  private Writer writer() {
    return AgenticServices.agentBuilder(Writer.class).chatModel(model).build();
  }

  private Critic critic() {
    return AgenticServices.agentBuilder(Critic.class).chatModel(model).build();
  }

  private Poet poet() {
    return AgenticServices.agentBuilder(Poet.class).chatModel(model).build();
  }

  /** In sequence: two requests. */
  @Override
  public String chat(String topic) {
    return AgenticServices.sequenceBuilder(Workshop.class)
        .subAgents(writer(), critic())
        .outputKey("verdict")
        .build()
        .run(topic);
  }

  /** In parallel in a pool of the application: two requests. */
  @Override
  public String async(String topic) {
    return AgenticServices.parallelBuilder(Workshop.class)
        .subAgents(writer(), poet())
        .executor(pool)
        .output(scope -> scope.readState("story") + " + " + scope.readState("poem"))
        .build()
        .run(topic);
  }

  /** In parallel in LangChain4j's own pool: two requests. */
  @Override
  public String push(String topic) {
    return AgenticServices.parallelBuilder(Workshop.class)
        .subAgents(writer(), poet())
        .output(scope -> scope.readState("story") + " + " + scope.readState("poem"))
        .build()
        .run(topic);
  }

  /** In a loop: three requests. */
  @Override
  public String other(String topic) {
    return AgenticServices.loopBuilder(Workshop.class)
        .subAgents(writer())
        .maxIterations(3)
        .outputKey("story")
        .build()
        .run(topic);
  }
}
