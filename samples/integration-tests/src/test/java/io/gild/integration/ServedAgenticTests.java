package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aRole;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.client.A2aClient;
import io.gild.a2a.serve.ServedObject;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aServer;
import io.gild.testkit.ModelProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents of LangChain4j, as its builders make them, answer the messages of other agents. */
class ServedAgenticTests {

  /** Writes a story. */
  public interface Writer {
    @Agent(description = "Tells stories.", outputKey = "story")
    @UserMessage("tell of {{topic}}")
    String write(@V("topic") String topic);
  }

  /** Scores a story. */
  public interface Critic {
    @Agent(outputKey = "verdict")
    @UserMessage("judge {{story}} for {{reader}}")
    String judge(@V("story") String story, @V("reader") String reader);
  }

  /** Writes a story and scores it. */
  public interface Workshop {
    @Agent
    String run(@V("topic") String topic, @V("reader") String reader);
  }

  private final ModelProvider provider = ModelProvider.builder().start();
  private OpenAiChatModel model;

  @BeforeEach
  void makeAModel() {
    model =
        OpenAiChatModel.builder()
            .baseUrl(provider.openAiBaseUrl())
            .apiKey("none")
            .modelName("own-model")
            .maxRetries(0)
            .build();
  }

  @AfterEach
  void closeTheProvider() {
    provider.close();
  }

  private Writer writer() {
    return AgenticServices.agentBuilder(Writer.class).chatModel(model).build();
  }

  private Critic critic() {
    return AgenticServices.agentBuilder(Critic.class).chatModel(model).build();
  }

  @Test
  void answersATextWithAnAgentOfAnInterface() {
    A2aAgent agent = ServedObject.agent(writer());

    assertThat(agent.name()).isEqualTo("writer");
    assertThat(agent.card().description()).isEqualTo("Tells stories.");
    assertThat(agent.card().skills()).singleElement().extracting("id").isEqualTo("write");
    assertThat(answer(agent, A2aPart.text("the sea"))).isEqualTo("[own-model] tell of the sea");
  }

  @Test
  void answersDataWithAWorkflow() {
    Workshop workshop =
        AgenticServices.sequenceBuilder(Workshop.class)
            .subAgents(writer(), critic())
            .outputKey("verdict")
            .build();

    assertThat(
            answer(
                ServedObject.agent(workshop),
                A2aPart.data(Map.of("topic", "the sea", "reader", "children"))))
        .isEqualTo("[own-model] judge [own-model] tell of the sea for children");
    assertThat(provider.requests()).hasSize(2);
  }

  @Test
  void answersDataWithAWorkflowWithoutAnInterface() {
    UntypedAgent workshop =
        AgenticServices.sequenceBuilder()
            .name("workshop")
            .description("Writes and judges.")
            .subAgents(writer(), critic())
            .outputKey("verdict")
            .build();
    A2aAgent agent = ServedObject.agent(workshop);

    assertThat(agent.name()).isEqualTo("workshop");
    assertThat(agent.card().description()).isEqualTo("Writes and judges.");
    assertThat(answer(agent, A2aPart.data(Map.of("topic", "the sea", "reader", "children"))))
        .isEqualTo("[own-model] judge [own-model] tell of the sea for children");
  }

  @Test
  void namesTheMissingArgument() {
    Workshop workshop =
        AgenticServices.sequenceBuilder(Workshop.class)
            .subAgents(writer(), critic())
            .outputKey("verdict")
            .build();

    A2aTask task = task(ServedObject.agent(workshop), A2aPart.data(Map.of("topic", "the sea")));

    assertThat(task.status().state()).isEqualTo(A2aTaskState.REJECTED);
    assertThat(task.status().message().text()).contains("needs the argument reader");
    assertThat(provider.requests()).isEmpty();
  }

  private static String answer(A2aAgent agent, A2aPart part) {
    A2aTask task = task(agent, part);
    assertThat(task.status().state()).as(task.toString()).isEqualTo(A2aTaskState.COMPLETED);
    return A2aClient.text(task);
  }

  private static A2aTask task(A2aAgent agent, A2aPart part) {
    try (A2aServer server = A2aServer.builder().agent(agent).start()) {
      A2aClient client = A2aClient.builder(server.url()).build();
      return (A2aTask) client.send(A2aMessage.of(A2aRole.USER, List.of(part)));
    }
  }
}
