package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.acme.ModelDesk;
import com.acme.Shapes;
import com.acme.ShortDesk;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import io.gild.core.CallKind;
import io.gild.core.Counts.Event;
import io.gild.core.GildRuntime;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.versions.Buckets;
import io.gild.versions.ShadowResult;
import io.gild.versions.Variant;
import io.gild.versions.VersionSplit;
import io.gild.versions.Versions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new version of code that does not use Gild. */
class RolloutTests {

  private static final String DESK =
      """
      mode: enforce
      agents:
        - match: com.acme.ModelDesk#answer
          name: desk
        - match: com.acme.ShortDesk#answer
          name: short
      models:
        cache: {}
      """;

  private final ModelProvider.Builder providers = ModelProvider.builder().retryAfter(Duration.ZERO);
  private ModelProvider provider;
  private Woven woven;

  @BeforeEach
  void start() {
    provider = providers.start();
    woven = Woven.with(DESK);
  }

  @AfterEach
  void stop() {
    woven.close();
    provider.close();
  }

  private ChatModel model() {
    return OpenAiChatModel.builder()
        .baseUrl(provider.openAiBaseUrl())
        .apiKey("none")
        .modelName("own-model")
        .maxRetries(0)
        .build();
  }

  /** The runtime of the agent is made at the first governed call. */
  private ModelDesk called() {
    ModelDesk desk = new ModelDesk(model());
    assertThat(desk.answer("first")).isEqualTo("[own-model] first");
    return desk;
  }

  private static VersionSplit split(String match, Variant variant) {
    return Versions.of(GildRuntime.global()).split("r", match, variant);
  }

  @Test
  void replacesTheCode() {
    ModelDesk desk = called();
    VersionSplit split =
        split("desk", Variant.named("2.0").implementation(ShortDesk.class.getName()));
    assertThat(desk.answer("hello")).as("at a share of zero").isEqualTo("[own-model] hello");

    split.share(Buckets.COUNT);
    assertThat(desk.answer("hello")).isEqualTo("short hello");

    split.close();
    assertThat(desk.answer("hello")).isEqualTo("[own-model] hello");
  }

  @Test
  void replacesPromptAndModel() {
    ModelDesk desk = called();
    split("desk", Variant.named("2.0").prompt("Briefly: {prompt}").model("new-model"))
        .share(Buckets.COUNT);

    assertThat(desk.answer("hello")).isEqualTo("[new-model] Briefly: hello");
    assertThat(provider.requests())
        .extracting(LoggedRequest::model)
        .containsExactly("own-model", "new-model");
  }

  @Test
  void sharesNoCacheBetweenTheVersions() {
    ModelDesk desk = new ModelDesk(model());
    desk.answer("hello");
    desk.answer("hello");
    assertThat(provider.requests()).as("the cache answers").hasSize(1);
    VersionSplit split =
        split("desk", Variant.named("2.0").implementation(() -> new ModelDesk(model())))
            .share(Buckets.COUNT);

    desk.answer("hello");
    assertThat(provider.requests()).as("the new version has a cache of its own").hasSize(2);
    desk.answer("hello");
    assertThat(provider.requests()).hasSize(2);

    split.close();
    desk.answer("hello");
    assertThat(provider.requests()).as("the present one keeps its cache").hasSize(2);
    assertThat(GildRuntime.global().totals())
        .filteredOn(total -> total.spec().kind() == CallKind.AGENT)
        .extracting(total -> total.spec().version())
        .containsExactlyInAnyOrder("", "2.0");
  }

  @Test
  void keepsTheVersionOfModelsThatTheNewVersionUsesFirst() {
    assertThat(new ShortDesk().answer("to start the runtime")).startsWith("short");
    ModelDesk desk = new ModelDesk(model());
    VersionSplit split =
        split("desk", Variant.named("2.0").prompt("Briefly: {prompt}")).share(Buckets.COUNT);
    desk.answer("one");
    split.close();
    desk.answer("two");

    assertThat(GildRuntime.global().totals())
        .filteredOn(total -> total.spec().kind() == CallKind.CHAT)
        .extracting(total -> total.spec().version(), total -> total.counts().get(Event.SUCCEEDED))
        .containsExactlyInAnyOrder(tuple("", 1L), tuple("2.0", 1L));
  }

  @Test
  void endsWithADetachedAgent() {
    ModelDesk desk = called();
    VersionSplit split =
        split("desk", Variant.named("2.0").implementation(ShortDesk.class.getName()))
            .share(Buckets.COUNT);
    assertThat(desk.answer("hello")).isEqualTo("short hello");

    woven.close();
    assertThat(split.isClosed()).isTrue();
    assertThat(desk.answer("hello")).isEqualTo("[own-model] hello");

    woven = Woven.with(DESK);
    assertThat(desk.answer("hello")).as("a new agent knows no rollout").startsWith("[own-model]");
    split("desk", Variant.named("2.0").implementation(ShortDesk.class.getName()))
        .share(Buckets.COUNT);
    assertThat(desk.answer("hello")).isEqualTo("short hello");
  }

  @Test
  void leavesASynchronizedMethodToThePresentCode() {
    woven.close();
    woven =
        Woven.with("mode: enforce\nagents:\n  - match: com.acme.Shapes#locked\n    name: shapes\n");
    Shapes shapes = new Shapes();
    shapes.runs = 5;
    assertThat(shapes.locked("first")).isEqualTo("locked first true");
    split("shapes", Variant.named("2.0").implementation(ShortDesk.class.getName()))
        .share(Buckets.COUNT);

    assertThat(shapes.locked("x")).isEqualTo("locked x true");
    assertThat(woven.log())
        .anyMatch(line ->
            line.contains("com.acme.Shapes#locked")
                && line.contains("the present version answers"));
  }

  /** What an agent can do to the world. */
  public static final class Bank {

    private final AtomicInteger payments = new AtomicInteger();

    /** Pays. */
    @Tool("Pays")
    public String pay() {
      return "receipt " + payments.incrementAndGet();
    }
  }

  @Test
  void runsNoToolWithASideEffectInAShadow() throws Exception {
    woven.close();
    provider.close();
    provider =
        providers
            .answers(request ->
                request.lastText().contains("receipt")
                    ? ModelAnswer.text("Paid: " + request.lastText())
                    : ModelAnswer.toolCall("pay", "{}"))
            .start();
    Bank bank = new Bank();
    AssistantDesk paying =
        new AssistantDesk(
            AiServices.builder(Assistant.class).chatModel(model()).tools(bank).build());
    BlockingQueue<ShadowResult> results = new LinkedBlockingQueue<>();
    woven =
        Woven.with(
            """
            agents:
              - match: io.gild.woven.RolloutTests$AssistantDesk#answer
                name: paying
            tools:
              - {match: pay, effect: side-effect}
            """);
    assertThat(paying.answer("Pay first")).isEqualTo("Paid: receipt 1");
    split("paying", Variant.named("2.0").model("new-model"))
        .shadow(Buckets.COUNT)
        .onShadow(results::add);

    assertThat(paying.answer("Pay now")).isEqualTo("Paid: receipt 2");

    ShadowResult result = results.poll(30, TimeUnit.SECONDS);
    assertThat(result).isNotNull();
    assertThat(result.canary().failure()).isNull();
    assertThat(result.canary().value()).isEqualTo("Paid: receipt 2");
    assertThat(result.canary().facts().modelCalls()).isEqualTo(2);
    assertThat(bank.payments).hasValue(2);
    assertThat(provider.requests())
        .extracting(LoggedRequest::model)
        .containsExactly(
            "own-model", "own-model", "own-model", "own-model", "new-model", "new-model");
  }

  /** An assistant that LangChain4j implements. */
  interface Assistant {
    String ask(String question);
  }

  /** An agent around an assistant. */
  public static final class AssistantDesk {

    private final Assistant assistant;

    AssistantDesk(Assistant assistant) {
      this.assistant = assistant;
    }

    /** Answers. */
    public String answer(String question) {
      return assistant.ask(question);
    }
  }
}
