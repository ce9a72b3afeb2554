package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.compiler.GildProcessor;
import io.gild.config.Json;
import io.gild.gates.Outcome;
import io.gild.gates.ResultLog;
import io.gild.gates.Spent;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the files of {@code docs/extending.md} and runs them unchanged. */
class ExtendingTests {

  private static final Path PAGE = Path.of("../../docs/extending.md");
  private static final String BRIDGE = "../../javaagent/bootstrap/target/classes";

  private static final Pattern FILE =
      Pattern.compile(
          "^```java\n(package ([\\w.]+);.*?^(?:public )?(?:final )?(?:class|record|@interface) (\\w+).*?)^```",
          Pattern.MULTILINE | Pattern.DOTALL);

  private static final String MODULES =
      """
      com.acme.limits.LimitsModule
      com.acme.gates.OwnGatesModule
      com.acme.tools.ToolsModule
      """;

  private static final String MAIN =
      """
      package com.acme;

      public class Main {
        public static void main(String[] questions) {
          Desk desk = Desk_Gild.gilded();
          for (String question : questions) {
            try {
              System.out.println(desk.answer(question));
            } catch (RuntimeException refused) {
              System.out.println(refused.getMessage());
            }
          }
        }
      }
      """;

  private static final String BOT_DESK =
      """
      package com.acme;

      import org.example.bot.Bot;

      public class BotDesk {
        public static void main(String[] arguments) {
          System.out.println(new BotDesk().answer("How are you?"));
        }

        public Bot.Reply answer(String question) {
          return new Bot().ask(new Bot.Question("large-bot", question));
        }
      }
      """;

  /** Has the name of one of Gild's criteria. */
  private static final String SECOND_COST =
      """
      package com.acme;

      import io.gild.config.Settings;
      import io.gild.gates.Criterion;
      import io.gild.gates.Gates.Stage;

      public class SecondCost implements io.gild.gates.spi.CriterionProvider {
        public String name() {
          return "cost";
        }

        public Criterion criterion(Stage stage, Settings settings) {
          return null;
        }
      }
      """;

  private static final String GATE =
      """
      gates:
        dev-to-staging: {min-tasks: 0, docs: false}
      """;

  @TempDir private Path folder;
  private Path classes;

  @BeforeEach
  void compile() throws IOException {
    classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> sources = new ArrayList<>();
    Matcher file = FILE.matcher(Files.readString(PAGE));
    while (file.find()) {
      sources.add(write(file.group(2), file.group(3), file.group(1)));
    }
    assertThat(sources).hasSize(14);
    sources.add(write("com.acme", "Main", MAIN));
    sources.add(write("com.acme", "BotDesk", BOT_DESK));
    sources.add(write("com.acme", "SecondCost", SECOND_COST));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (var files = compiler.getStandardFileManager(found, null, StandardCharsets.UTF_8)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null,
              files,
              found,
              List.of("-d", classes.toString(), "-parameters"),
              null,
              files.getJavaFileObjectsFromPaths(sources));
      task.setProcessors(List.of(new GildProcessor()));
      assertThat(task.call()).as(found.getDiagnostics().toString()).isTrue();
    }
    service("io.gild.config.spi.SettingsModule", MODULES);
    service("io.gild.gates.spi.CriterionProvider", "com.acme.gates.SlowestTaskProvider\n");
    service("io.gild.weaver.spi.LibraryProvider", "io.gild.libraries.BotLibrary$Provider\n");
  }

  private void service(String name, String lines) throws IOException {
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(name), lines);
  }

  private Path write(String packageName, String name, String text) throws IOException {
    Path source = folder.resolve(packageName.replace('.', '/')).resolve(name + ".java");
    Files.createDirectories(source.getParent());
    return Files.writeString(source, text);
  }

  @Test
  void policyOfAnotherModuleActsThroughItsAnnotation() throws Exception {
    assertThat(run("How are you?", "How are you this fine morning?"))
        .containsExactly("Let me see.", "Desk takes 20 characters, but was asked with 30.");
  }

  @Test
  void policyOfAnotherModuleIsSetInTheSettings() throws Exception {
    settings("agents:\n- match: com.acme.Desk#answer\n  prompt-limit: {max-characters: 5}\n");

    assertThat(run("Hello?")).containsExactly("Desk takes 5 characters, but was asked with 6.");
  }

  @Test
  void namesThePlaceOfAMistakeInItsSettings() throws Exception {
    settings("agents:\n- match: com.acme.Desk#answer\n  prompt-limit: {max-character: 5}\n");

    assertThat(run("Hello?"))
        .anyMatch(line -> line.contains("gild.yaml:3:18") && line.contains("\"max-characters\""));
  }

  @Test
  void criterionOfAnotherModuleDecidesAtAGate() throws Exception {
    Path run = results();
    settings(GATE + "  slowest-task: {at-most: 50ms}\n");

    Ended gate = gild("gate", "--run", run.toString());

    assertThat(gate.status()).as(gate.output()).isEqualTo(1);
    assertThat(gate.output()).containsPattern("FAILED +slowest-task +desk +80 ms +<= 50 ms");
  }

  @Test
  void criterionThatIsNotSetIsAbsent() throws Exception {
    settings(GATE);

    Ended gate = gild("gate", "--run", results().toString());

    assertThat(gate.status()).as(gate.output()).isZero();
    assertThat(gate.output()).contains("PASSED").doesNotContain("slowest-task");
  }

  @Test
  void overridesAcceptACriterionOfAnotherModule() throws Exception {
    Path run = results();
    settings(GATE + "  slowest-task: {at-most: 50ms}\n");
    Files.writeString(
        folder.resolve("gate-overrides.yaml"),
        """
        - stage: dev-to-staging
          criterion: slowest-task
          who: Ada
          why: the provider was slow
          until: 2999-01-01
        """);

    Ended gate = gild("gate", "--run", run.toString());

    assertThat(gate.status()).as(gate.output()).isZero();
    assertThat(gate.output()).contains("OVERRIDDEN");
  }

  @Test
  void suggestsTheNearestKeyOfACriterion() throws Exception {
    Path run = results();
    settings("gates: {slowest-tsk: {at-most: 50ms}}\n");

    Ended gate = gild("gate", "--run", run.toString());

    assertThat(gate.status()).isEqualTo(2);
    assertThat(gate.output()).contains("gild.yaml:1:9", "Did you mean \"slowest-task\"?");
  }

  @Test
  void rejectsACriterionWithANameInUse() throws Exception {
    Path run = results();
    settings(GATE);
    service("io.gild.gates.spi.CriterionProvider", "com.acme.SecondCost\n");

    Ended gate = gild("gate", "--run", run.toString());

    assertThat(gate.status()).isEqualTo(1);
    assertThat(gate.output())
        .isEqualTo(
            "gild: The criterion \"cost\" of com.acme.SecondCost has the name of another one."
                + " Give it another name.\n");
  }

  private void settings(String yaml) throws IOException {
    Files.writeString(folder.resolve("gild.yaml"), yaml);
  }

  private Path results() throws IOException {
    Path run = Files.createDirectories(folder.resolve("results"));
    new ResultLog(run.resolve("results.jsonl"))
        .append(
            new TaskResult(
                new TaskKey("desk", "refund"),
                "1.2",
                "com.acme.Desk#answer",
                List.of(),
                1,
                1,
                Instant.EPOCH,
                Outcome.PASSED,
                1,
                List.of(),
                "question",
                "expected",
                "answer",
                "",
                new Spent(Duration.ofMillis(80), BigDecimal.ZERO, 0, 0, 1, 0)));
    return run;
  }

  @Test
  void runsAValidatorOfAnApplication() throws Exception {
    Files.writeString(folder.resolve("golden.yaml"), tasks());

    Ended eval =
        gild(
            "eval",
            "--agent=com.acme.Desk#answer",
            "--tasks=golden.yaml",
            "--classpath=" + classes,
            "--javaagent=");

    assertThat(eval.status()).as(eval.output()).isEqualTo(1);
    assertThat(eval.output()).contains("The answer has no \"please\".");
  }

  private static String tasks() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("- id: asks-nicely");
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void listsACommandOfAnotherModule() throws Exception {
    assertThat(gild("prompt-length", "Hello?").output()).isEqualTo("6\n");
    assertThat(gild("help").output()).contains("  prompt-length ", "  config ");
    assertThat(gild("prompt-lenght").output()).contains("gild prompt-length");
  }

  @Test
  void weavesAModelLibrary() throws Exception {
    settings(
        """
        mode: enforce
        prices: {small-bot: {input: 1, output: 2}}
        tiers: {small: {model: small-bot}, large: {model: large-bot}}
        agents:
        - match: com.acme.BotDesk#answer
          route: {strategy: fixed, tiers: [small]}
        observability: {report: report.json}
        """);

    Ended bot =
        java(
            List.of(
                "--patch-module=java.base=" + Path.of(BRIDGE).toRealPath(),
                "-javaagent:" + agent() + "=config=gild.yaml"),
            "com.acme.BotDesk");

    assertThat(bot.status()).as(bot.output()).isZero();
    assertThat(bot.output()).contains("Reply[model=small-bot, text=Let me see.");
    Map<?, ?> report = (Map<?, ?>) Json.read(Files.readString(folder.resolve("report.json")));
    assertThat(report.get("models"))
        .asString()
        .contains("small-bot={calls=1, inputTokens=7, outputTokens=3, costUsd=0.000013000");
  }

  /** Returns a jar that only starts the javaagent from the class path. */
  private Path agent() throws IOException {
    Path jar = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", AgentOnClassPath.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    attributes.putValue("Can-Redefine-Classes", "true");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private List<String> run(String... questions) throws Exception {
    Ended ended = java(List.of(), "com.acme.Main", questions);
    assertThat(ended.status()).as(ended.output()).isZero();
    return ended.output().lines().toList();
  }

  private Ended gild(String... arguments) throws Exception {
    return java(List.of(), "io.gild.cli.Main", arguments);
  }

  private Ended java(List<String> options, String main, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(classes + File.pathSeparator + System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private record Ended(int status, String output) {}
}
