package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.RuntimeBuilder;
import io.gild.memory.AgentMemory;
import io.gild.memory.FinishedTask;
import io.gild.memory.Memory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryModule;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryPoliciesTests {

  private static final Parameter QUESTION = text("question", Role.PROMPT);
  private static final Parameter TENANT = text("tenant", Role.TENANT);
  private static final Parameter SESSION = text("session", Role.SESSION);
  private static final Parameter KNOWN = new Parameter("known", "java.util.List", Role.RECALL);
  private static final Parameter EXAMPLES = text("examples", Role.EXPERIENCE);

  @TempDir Path data;
  private String settings = "mode: enforce";
  private GildRuntime runtime = GildRuntime.builder().build();

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void remembersPromptAndAnswerInTheSession() {
    GovernedMethod method = method("remember: {}", QUESTION, TENANT, SESSION);
    ask(method, "Where is my parcel?", "acme", "42");
    ask(method, "And the invoice?", "acme", "42");
    assertThat(messages("acme", "42"))
        .containsExactly(
            "Where is my parcel?",
            "answer to Where is my parcel?",
            "And the invoice?",
            "answer to And the invoice?");
    assertThat(messages("other", "42")).isEmpty();
    List<Memory> known = memory().memories().all("acme");
    assertThat(known)
        .extracting(Memory::text)
        .containsExactly("Where is my parcel?", "And the invoice?");
    assertThat(known.get(0).kind()).isEqualTo("message");
    assertThat(known.get(0).source().session()).isEqualTo("42");
    assertThat(known.get(0).owner().agent()).isEqualTo("support");
  }

  @Test
  void remembersNothingOfFailuresAndEvaluations() {
    GovernedMethod method = method("remember: {}", QUESTION, TENANT, SESSION);
    assertThatThrownBy(() ->
            method.call(
                null,
                given -> {
                  throw new IOException("down");
                },
                "q",
                "acme",
                "42"))
        .isInstanceOf(IOException.class);
    AgentCall call = method.begin(null, "q", "acme", "42");
    call.askFresh();
    while (call.proceed()) {
      call.returned("answer");
    }
    ask(method, " ", "acme", "42");
    ask(method, null, "acme", "42");
    assertThat(messages("acme", "42")).isEmpty();
    assertThat(memory().memories().all("acme")).isEmpty();
  }

  @Test
  void remembersInObserveModeAndLeavesParametersAsTheyAre() {
    settings = "mode: observe";
    GovernedMethod method = method("remember: {long-term: true}", QUESTION, TENANT, SESSION, KNOWN);
    assertThat(ask(method, "hello there", "acme", "42", null)).isEqualTo("answer to hello there");
    assertThat(messages("acme", "42")).hasSize(2);
  }

  @Test
  void remembersAnAsynchronousAnswerWhenItIsThere() {
    GovernedMethod method =
        method("remember: {}", "java.util.concurrent.CompletableFuture", QUESTION, TENANT, SESSION);
    CompletableFuture<String> answer = new CompletableFuture<>();
    method.call(null, given -> answer, "Where is my parcel?", "acme", "42");
    assertThat(messages("acme", "42")).isEmpty();
    answer.complete("In Lyon.");
    assertThat(messages("acme", "42")).containsExactly("Where is my parcel?", "In Lyon.");
  }

  @Test
  void remembersTheQuestionAloneIfTheAnswerIsAStream() {
    GovernedMethod method =
        method("remember: {}", "java.util.stream.Stream", QUESTION, TENANT, SESSION);
    Object answer = method.call(null, given -> Stream.of("In ", "Lyon."), "Where?", "acme", "42");
    assertThat((Stream<?>) answer).hasSize(2);
    assertThat(messages("acme", "42")).containsExactly("Where?");
  }

  @Test
  void fillsAParameterWithMemories() {
    GovernedMethod method = method("recall: {limit: 1}", QUESTION, TENANT, KNOWN);
    memory().memories().remember(new MemoryDraft("Ann prefers e-mail.").tenant("acme"));
    memory().memories().remember(new MemoryDraft("The parcel is in Lyon.").tenant("acme"));
    memory().memories().remember(new MemoryDraft("The parcel is in Rome.").tenant("other"));
    Object known = method.call(null, given -> given[2], "Where is the parcel?", "acme", null);
    assertThat(known).isEqualTo(List.of("The parcel is in Lyon."));
    assertThat(method.call(null, given -> given[2], "Where is the parcel?", "nobody", null))
        .isEqualTo(List.of());
  }

  @Test
  void fillsTheParameterThatTheSettingsName() {
    GovernedMethod method =
        method("recall: {parameter: notes}", QUESTION, text("notes", Role.NONE));
    memory().memories().remember(new MemoryDraft("Ann prefers e-mail."));
    assertThat(method.call(null, given -> given[1], "How about e-mail?", "old"))
        .isEqualTo("Ann prefers e-mail.");
  }

  @Test
  void answersEvenIfMemoryFails() throws IOException {
    settings = "mode: enforce\nmemory: {session: {store: nosuch}, long-term: {store: nosuch}}";
    GovernedMethod method =
        method(
            "remember: {}\n  recall: {}\n  experience: {}",
            QUESTION,
            TENANT,
            SESSION,
            KNOWN,
            EXAMPLES);
    assertThat(
            method.call(
                null, given -> given[3] + "|" + given[4], "hello there", "acme", "42", null, null))
        .isEqualTo("[]|");
    assertThatThrownBy(() -> memory().sessions())
        .hasMessageContaining("memory.session.store is nosuch; expected one of in-process, folder");
  }

  @Test
  void learnsFromFinishedTasks() {
    GovernedMethod method = method("experience: {limit: 2}", QUESTION, TENANT, EXAMPLES);
    method.call(
        null, given -> "Ask for the invoice number.", "Refund an order of shoes", "acme", null);
    assertThatThrownBy(() ->
            method.call(
                null,
                given -> {
                  throw new IOException("no such order");
                },
                "Refund an order of boots",
                "acme",
                null))
        .isInstanceOf(IOException.class);
    String examples = examples(method, "Refund an order of boots please", "acme");
    assertThat(examples)
        .contains("Failed before, avoid this. Task: Refund an order of boots")
        .contains("Outcome: java.io.IOException: no such order")
        .contains("Worked before. Task: Refund an order of shoes")
        .contains("Answer: Ask for the invoice number.");
    List<FinishedTask> all = memory().experiences().all("acme", "support");
    assertThat(all).extracting(FinishedTask::score).containsExactly(1.0, 0.0, 1.0);
    memory().experiences().withdraw("acme", all.get(1).id(), "a test");
    assertThat(examples(method, "Refund an order of boots", "acme"))
        .contains("order of shoes")
        .doesNotContain("no such order");
    assertThat(examples(method, "Refund an order of boots", "other")).isEmpty();
  }

  private static String examples(GovernedMethod method, String question, String tenant) {
    AtomicReference<Object> given = new AtomicReference<>();
    method.call(
        null,
        arguments -> {
          given.set(arguments[2]);
          return "done";
        },
        question,
        tenant,
        null);
    return (String) given.get();
  }

  @Test
  void namesTheAbsentModuleOfAStore() {
    settings = "memory: {long-term: {store: postgres}}";
    restart("recall: {}");
    assertThatThrownBy(() -> memory().memories())
        .hasMessageContaining(
            "whose module is absent: add the dependency io.gild:gild-memory-postgres");
  }

  private AgentMemory memory() {
    return AgentMemory.of(runtime);
  }

  private List<String> messages(String tenant, String session) {
    return memory()
        .sessions()
        .session(new SessionKey(tenant, "support", session))
        .messages()
        .stream()
        .map(SessionMessage::text)
        .toList();
  }

  private Object ask(GovernedMethod method, Object... arguments) {
    return method.call(null, given -> "answer to " + given[0], arguments);
  }

  private GovernedMethod method(String policies, Parameter... parameters) {
    return method(policies, "java.lang.Object", parameters);
  }

  private GovernedMethod method(String policies, String returned, Parameter... parameters) {
    restart(policies);
    StringBuilder types = new StringBuilder();
    for (Parameter parameter : parameters) {
      types.append('L').append(parameter.type().replace('.', '/')).append(';');
    }
    return runtime.method(
        new MethodSpec(
            CallKind.AGENT,
            "support",
            "",
            "com.acme.Desk",
            "answer",
            "(" + types + ")L" + returned.replace('.', '/') + ";",
            Arrays.asList(parameters),
            Effect.NONE,
            PolicyTree.empty()));
  }

  /** Starts a runtime with these policies of the method. */
  private void restart(String policies) {
    runtime.close();
    String yaml =
        """
        %s
        data: %s
        agents:
        - match: com.acme.Desk#answer
          %s
        """
            .formatted(settings, data, policies);
    RuntimeBuilder builder =
        GildRuntime.builder().settings(Settings.builder().yaml("gild.yaml", yaml).build());
    builder.module(new MemoryModule());
    runtime = builder.build();
  }

  private static Parameter text(String name, Role role) {
    return new Parameter(name, "java.lang.String", role);
  }
}
