package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.gild.annotations.Parallel;
import io.gild.annotations.Pipeline;
import io.gild.annotations.WorkflowInterface;
import io.gild.annotations.WorkflowStep;
import io.gild.langchain4j.GildChatModelListener;
import io.gild.testkit.Answerer;
import io.gild.testkit.ModelProvider;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents of LangChain4j as steps; the model provider answers on the loopback address. */
class LangChain4jStepTests {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** What the provider answers last: it repeats the question. */
  private static final String EDITED =
      "[gpt-4o-mini] Shorten this story: [gpt-4o-mini] Write a story about gold.";

  public interface StoryWriter {
    @UserMessage("Write a story about {{topic}}.")
    @Agent("Writes stories")
    String write(@V("topic") String topic);
  }

  public interface StoryEditor {
    @UserMessage("Shorten this story: {{story}}")
    @Agent("Shortens stories")
    String edit(@V("story") String story);
  }

  public interface StyledWriter {
    @UserMessage("Write a {{style}} story about {{topic}}.")
    @Agent("Writes stories in a style")
    String write(@V("topic") String topic, @V("style") String style);
  }

  @WorkflowInterface(name = "story")
  interface StoryFlow {
    @Pipeline({
      @WorkflowStep(agent = StoryWriter.class),
      @WorkflowStep(agent = StoryEditor.class, maxAttempts = 3)
    })
    WorkflowRun<String> tell(String topic);

    @Parallel({
      @WorkflowStep(name = "first", agent = StoryWriter.class),
      @WorkflowStep(name = "second", agent = StoryWriter.class)
    })
    List<String> two(String topic);
  }

  private final ModelProvider provider = ModelProvider.builder().answers(Answerer.echo()).start();
  private final Orchestrator orchestrator = Orchestrator.builder().build();
  private final StoryWriter writer = agent(StoryWriter.class);
  private final StoryEditor editor = agent(StoryEditor.class);

  @AfterEach
  void close() {
    orchestrator.close();
    provider.close();
  }

  private <T> T agent(Class<T> type) {
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(provider.openAiBaseUrl())
            .apiKey("none")
            .modelName("gpt-4o-mini")
            .listeners(List.of(new GildChatModelListener()))
            .build();
    return AgenticServices.agentBuilder(type).chatModel(model).build();
  }

  @Test
  void runsAgentsAsDeclaredSteps() throws Exception {
    StoryFlow flow = Workflows.of(StoryFlow.class).with(writer, editor).on(orchestrator).build();
    WorkflowRun<String> run = flow.tell("gold");
    assertThat(run.await(SOON)).isEqualTo(EDITED);
    assertThat(run.record().steps()).extracting(StepRecord::path).containsExactly("write", "edit");
    assertThat(run.record().tokens()).isPositive();
    assertThat(run.record().cost()).isPositive();
    assertThat(flow.two("tin"))
        .containsExactly(
            "[gpt-4o-mini] Write a story about tin.", "[gpt-4o-mini] Write a story about tin.");
  }

  @Test
  void runsAgentsAsStepsOfABuilder() throws Exception {
    Workflow<String, String> workflow =
        Workflow.<String>named("story")
            .step("write", writer::write)
            .step("edit", editor::edit)
            .build();
    assertThat(orchestrator.start(workflow, "gold").await(SOON)).isEqualTo(EDITED);
  }

  @WorkflowInterface
  interface StyledFlow {
    @Pipeline(@WorkflowStep(agent = StyledWriter.class))
    String tell(String topic);
  }

  @Test
  void rejectsAnAgentOfTwoInputs() {
    assertThatThrownBy(() ->
            Workflows.of(StyledFlow.class).with(agent(StyledWriter.class)).on(orchestrator).build())
        .hasMessageContaining("takes 2 inputs, but a step has one");
  }
}
