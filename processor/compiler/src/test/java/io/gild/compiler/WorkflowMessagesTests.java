package io.gild.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One mistake per message; the line it is reported at ends with the mark. */
class WorkflowMessagesTests {

  private static final String MARK = "// <-";

  /** Stand-ins of the orchestration module. */
  private static final List<String> STUBS =
      List.of(
          "package io.gild.orchestration; public final class Workflow {}",
          "package io.gild.orchestration; public interface StepContext {}",
          "package io.gild.orchestration; public record RunOptions(String id) {}",
          "package io.gild.orchestration; public final class WorkflowRun<O> {}",
          "package io.gild.orchestration; public record HandOff(String to, Object value) {}",
          "package io.gild.orchestration; public record Supervision(Object task) { public record Next(String worker) {} }");

  private static final String AGENTS =
      """
      package com.acme;
      class Researcher {
        public String research(String topic) { return topic; }
        public void forget(String topic, String notes) {}
        public void drop(int number) {}
      }
      class Writer {
        public java.util.concurrent.CompletionStage<Draft> write(String notes, io.gild.orchestration.StepContext context) { return null; }
      }
      class Reviewer {
        String review(Draft draft) { return ""; }
        String review(Draft draft, String style) { return ""; }
        String rate(Draft draft, String style) { return ""; }
        int score(Draft draft) { return 1; }
        int grade(String text) { return 1; }
      }
      class Chief {
        public io.gild.orchestration.Supervision.Next decide(io.gild.orchestration.Supervision state) { return null; }
        public String guess(String text) { return text; }
      }
      class Desk {
        public io.gild.orchestration.HandOff pass(String text) { return null; }
      }
      class Clock {
        public String now() { return ""; }
      }
      record Draft(String text) {}
      """;

  private static String flow(String body) {
    return """
    package com.acme;
    import io.gild.annotations.*;
    import io.gild.orchestration.*;
    import java.util.*;
    @WorkflowInterface
    interface Flow {
    %s}
    """
        .formatted(body);
  }

  private static Arguments mistake(String message, String source) {
    return Arguments.of(message, source);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "[WorkflowNotInterface] @WorkflowInterface marks Flow, which is not an interface. Make it an interface whose methods have patterns such as @Pipeline.",
            """
            package com.acme;
            import io.gild.annotations.*;
            @WorkflowInterface // <-
            class Flow {}
            """),
        mistake(
            "[WorkflowNotDeclared] @Pipeline has no effect on write. Put it on an abstract method of an interface with @WorkflowInterface.",
            """
            package com.acme;
            import io.gild.annotations.*;
            interface Flow {
              @Pipeline(@WorkflowStep(agent = Researcher.class, method = "research")) // <-
              String write(String topic);
            }
            """),
        mistake(
            "[WorkflowNoPattern] write says nothing about its steps. Add one of @Pipeline, @Parallel, @Voting, @Supervised, @HandOffs and @Repeated, or give it a body with default.",
            flow("  String write(String topic); // <-\n")),
        mistake(
            "[WorkflowTwoPatterns] write has both @Pipeline and @Voting. Keep one of them.",
            flow(
                """
                  @Pipeline(@WorkflowStep(agent = Researcher.class, method = "research"))
                  @Voting(@WorkflowStep(agent = Researcher.class, method = "research")) // <-
                  String write(String topic);
                """)),
        mistake(
            "[WorkflowSameName] Flow has two workflows named \"write\", but records know them by their names. Rename one of them.",
            flow(
                """
                  @Pipeline(@WorkflowStep(agent = Researcher.class, method = "research"))
                  String write(String topic);
                  @Pipeline(@WorkflowStep(agent = Clock.class))
                  String write(); // <-
                """)),
        mistake(
            "[WorkflowInputs] write takes 2 inputs, but a workflow has one. Take a record of them; only a RunOptions may come beside the input.",
            flow(
                """
                  @Pipeline(@WorkflowStep(agent = Researcher.class, method = "research"))
                  String write(String topic, String style); // <-
                """)),
        mistake(
            "[WorkflowResultType] write returns Integer, but its steps end with String. Return String, or add a step.",
            flow(
                """
                  @Pipeline(@WorkflowStep(agent = Researcher.class, method = "research"))
                  WorkflowRun<Integer> write(String topic, RunOptions options); // <-
                """)),
        mistake(
            "[WorkflowResultType] both returns String, but its steps end with a List. Return a List, or add a step.",
            flow(
                """
                  @Parallel(@WorkflowStep(agent = Researcher.class, method = "research"))
                  String both(String topic); // <-
                """)),
        mistake(
            "[WorkflowCircle] The workflows a, b contain each other, so they would never end.",
            """
            package com.acme;
            import io.gild.annotations.*;
            @WorkflowInterface // <-
            interface Flow {
              @Pipeline(@WorkflowStep(workflow = "b"))
              String a(String topic);
              @Pipeline(@WorkflowStep(workflow = "a"))
              String b(String topic);
            }
            """),
        mistake(
            "[WorkflowNoHelper] @Parallel join names static method \"merg\", which Flow does not have. Write it as static String merg(List<...> results). Did you mean \"merge\"?",
            flow(
                """
                  @Parallel(
                      value = @WorkflowStep(agent = Researcher.class, method = "research"),
                      join = "merg") // <-
                  String both(String topic);
                  static String merge(List<String> all) { return ""; }
                """)),
        mistake(
            "[WorkflowHelperSignature] @Repeated until names method \"good\", whose signature does not fit. Write it as static boolean good(String result).",
            flow(
                """
                  @Repeated(
                      value = @WorkflowStep(agent = Researcher.class, method = "research"),
                      until = "good") // <-
                  String fill(String topic);
                  static int good(String text) { return 1; }
                """)),
        mistake(
            "[WorkflowHelperSignature] @Supervised supervisor names method \"guess\", whose signature does not fit. Write it as Supervision.Next guess(Supervision state).",
            flow(
                """
                  @Supervised(
                      supervisor = Chief.class,
                      method = "guess", // <-
                      workers = @WorkflowStep(agent = Clock.class))
                  String run(String topic);
                """)),
        mistake(
            "[StepTarget] @WorkflowStep gives none of them. Give one of agent, url, topic and workflow.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(name = "a"), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[StepTarget] @WorkflowStep gives more than one. Give one of agent, url, topic and workflow.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(name = "a", agent = Clock.class, url = "http://a"), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[StepNoMethod] A step names method \"reserch\", which Researcher does not have. Use one of research, forget, drop. Did you mean \"research\"?",
            flow(
                """
                  @Pipeline(
                    @WorkflowStep(
                      agent = Researcher.class,
                      method = "reserch")) // <-
                  String write(String topic);
                """)),
        mistake(
            "[StepNoMethodName] A step does not name the method of Researcher, which does not declare one public method alone. Add method = \"...\", one of research, forget, drop.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Researcher.class), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[StepAmbiguousMethod] A step names method \"review\", but Reviewer has 2 of this name. Give the one that is meant a name of its own.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Reviewer.class, method = "review"), // <-
                  })
                  String write(Draft draft);
                """)),
        mistake(
            "[StepInputs] Step \"rate\" calls Reviewer.rate, which takes 2 inputs, but a step has one. Take a record of them; only a StepContext may come after the input.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Reviewer.class, method = "rate"), // <-
                  })
                  String write(Draft draft);
                """)),
        mistake(
            "[StepInputType] Step \"grade\" takes String, but gets Draft from step \"write\". Put a step between them that converts it.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Writer.class),
                    @WorkflowStep(agent = Reviewer.class, method = "grade"), // <-
                  })
                  int write(String topic);
                """)),
        mistake(
            "[StepInputType] Step \"write\" takes String, but gets nothing from the caller of the workflow. Put a step between them that converts it.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Writer.class), // <-
                  })
                  Draft write();
                """)),
        mistake(
            "[StepResultType] Step \"pass\" returns HandOff, but in @Voting it must return String.",
            flow(
                """
                  @Voting({
                    @WorkflowStep(agent = Desk.class), // <-
                  })
                  String vote(String topic);
                """)),
        mistake(
            "[StepResultType] Step \"research\" returns String, but in @HandOffs it must return HandOff.",
            flow(
                """
                  @HandOffs({
                    @WorkflowStep(agent = Desk.class),
                    @WorkflowStep(agent = Researcher.class, method = "research"), // <-
                  })
                  String talk(String topic);
                """)),
        mistake(
            "[StepSameName] Two steps are named \"research\". Give one of them another one: name = \"...\".",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Researcher.class, method = "research"),
                    @WorkflowStep(agent = Researcher.class, method = "research"), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[StepBadName] Step name \"a b\" must have 1 to 80 letters, digits, dots, dashes and underscores and begin with a letter or digit.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(name = "a b", agent = Clock.class), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[StepNoName] The step with the url \"http://a\" has no name. Add name = \"...\".",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(url = "http://a"), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[StepNoWorkflow] A step names workflow \"gathr\", which Flow does not have. Use one of write, gather. Did you mean \"gather\"?",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(workflow = "gathr"), // <-
                  })
                  String write(String topic);
                  @Pipeline(@WorkflowStep(agent = Researcher.class, method = "research"))
                  String gather(String topic);
                """)),
        mistake(
            "[StepNoEffect] @WorkflowStep timeLimit has no effect on a step that is a workflow. Set it on the steps of that workflow.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(workflow = "gather", timeLimit = "1s"), // <-
                  })
                  String write(String topic);
                  @Pipeline(@WorkflowStep(agent = Researcher.class, method = "research"))
                  String gather(String topic);
                """)),
        mistake(
            "[StepCompensation] @WorkflowStep compensateBy names method \"drop\", whose signature does not fit. It must take the result of the step, or its input and its result: write it as void drop(String result).",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Researcher.class, method = "research", compensateBy = "drop"), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[StepNoMethod] A step names method \"forgot\", which Researcher does not have. Use one of research, forget, drop. Did you mean \"forget\"?",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Researcher.class, method = "research", compensateBy = "forgot"), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[PolicyBadDuration] @WorkflowStep timeLimit must be a duration such as \"500ms\", \"2s\", \"5m\", \"1h\" or \"PT1H\", but is \"soon\".",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Clock.class, timeLimit = "soon"), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[PolicyBadValue] @WorkflowStep maxAttempts must be >= 1, but is 0.",
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(agent = Clock.class, maxAttempts = 0), // <-
                  })
                  String write(String topic);
                """)),
        mistake(
            "[PolicyBadValue] @Voting quorum must be from 0 to 1, but is 3.",
            flow(
                """
                  @Voting(value = @WorkflowStep(agent = Clock.class), quorum = 3) // <-
                  String vote(String topic);
                """)),
        mistake(
            "[PolicyBadValue] @Pipeline value must have at least one step.",
            flow(
                """
                  @Pipeline({}) // <-
                  String write(String topic);
                """)),
        mistake(
            "[PolicyBadValue] @WorkflowInterface budget must be US dollars above zero, such as \"0.25\", but is \"1 EUR\".",
            """
            package com.acme;
            import io.gild.annotations.*;
            @WorkflowInterface(budget = "1 EUR") // <-
            interface Flow {}
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void reportsAMistakeAtItsPlace(String message, String source) {
    Compilation compilation = compile(source);
    assertThat(MessagesTests.ours(compilation))
        .extracting(each -> each.getMessage(Locale.ROOT))
        .containsExactly(message);
    assertThat(MessagesTests.ours(compilation).get(0).getLineNumber())
        .isEqualTo(source.substring(0, source.indexOf(MARK)).lines().count());
  }

  private static Compilation compile(String... sources) {
    List<String> all = new ArrayList<>(List.of(sources));
    all.add(AGENTS);
    all.addAll(STUBS);
    return new AgentCompiler().compile(all.toArray(String[]::new));
  }

  @Test
  void acceptsEveryPatternAndWritesNothing() {
    Compilation compilation =
        compile(
            flow(
                """
                  @Pipeline({
                    @WorkflowStep(
                        agent = Researcher.class,
                        method = "research",
                        compensateBy = "forget",
                        approval = "Really? {input}"),
                    @WorkflowStep(agent = Writer.class, maxAttempts = 3, timeLimit = "1m"),
                    @WorkflowStep(agent = Reviewer.class, method = "score")
                  })
                  long write(String topic, RunOptions options);

                  @Parallel(
                      value = {
                        @WorkflowStep(agent = Clock.class),
                        @WorkflowStep(agent = Reviewer.class, method = "grade")
                      },
                      needed = Parallel.ANY,
                      join = "first")
                  java.util.concurrent.CompletionStage<Object> first(String topic);
                  static Object first(List<Object> all) { return all.get(0); }

                  @Voting(
                      value = @WorkflowStep(agent = Clock.class),
                      rule = Voting.Rule.UNANIMOUS,
                      choice = "upper")
                  String vote();
                  static String upper(String text) { return text; }

                  @Supervised(
                      supervisor = Chief.class,
                      method = "decide",
                      workers = @WorkflowStep(agent = Clock.class))
                  WorkflowRun<String> lead(String task);

                  @HandOffs(@WorkflowStep(agent = Desk.class))
                  String talk(String text);

                  @Repeated(
                      value = @WorkflowStep(agent = Researcher.class, method = "research"),
                      until = "good")
                  String fill(String text);
                  private static boolean good(String text) { return true; }

                  @Pipeline({
                    @WorkflowStep(workflow = "fill"),
                    @WorkflowStep(name = "remote", url = "http://localhost:1/desk"),
                    @WorkflowStep(name = "translate", topic = "tasks.translate")
                  })
                  void whole(String text);

                  default String twice(String text) { return talk(text) + talk(text); }
                """));
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.generatedFiles())
        .noneMatch(
            file -> file.getName().contains("gild/agents") || file.getName().contains("_Gild"));
  }

  @Test
  void namesTheArtifactsThatAreMissing() {
    String source = flow("  @Pipeline(@WorkflowStep(agent = Runnable.class))\n  void run();\n");
    Compilation bare =
        new AgentCompiler().compile(source.replace("import io.gild.orchestration.*;\n", ""));
    assertThat(MessagesTests.ours(bare))
        .extracting(each -> each.getMessage(Locale.ROOT))
        .containsExactly(
            "[PolicyNoModule] @WorkflowInterface needs its module at run time. Add the dependency io.gild:gild-orchestration.");
    List<String> all = new ArrayList<>(STUBS);
    all.add(
        0,
        flow(
            "  @Pipeline(@WorkflowStep(agent = Runnable.class, maxAttempts = 2))\n  void run();\n"));
    Compilation withoutReliability =
        new AgentCompiler().withoutModules().compile(all.toArray(String[]::new));
    assertThat(MessagesTests.ours(withoutReliability))
        .extracting(each -> each.getMessage(Locale.ROOT))
        .containsExactly(
            "[PolicyNoModule] @WorkflowStep(maxAttempts) needs its module at run time. Add the dependency io.gild:gild-reliability.");
  }
}
