package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.integration.MavenBuild.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole projects, built by real Maven as their owners would. */
class MavenProjectTests {

  private static final Path QUICKSTART = Path.of("../quickstart/README.md");
  private static final String JUNIT_6 = "6.0.3";
  private static final String YAML = "src/main/resources/golden/support.yaml";
  private static final String AGENT = "src/main/java/com/acme/SupportAgent.java";
  private static final Pattern GILD_PLUGIN =
      Pattern.compile("      <plugin>\\s*<groupId>io.gild</groupId>.*?</plugin>\n", Pattern.DOTALL);

  private static final Pattern COMPILER_PLUGIN =
      Pattern.compile(
          "      <plugin>\\s*<artifactId>maven-compiler-plugin.*?</plugin>\n", Pattern.DOTALL);

  @TempDir Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void gateDecidesInsteadOfAFailingTest(Jdk jdk) throws Exception {
    MavenBuild project = MavenBuild.of("single", folder).on(jdk);

    Outcome outcome = project.run("verify");

    assertThat(outcome.status()).as(outcome.log()).isZero();
    assertThat(outcome.log())
        .contains("Tests run: 5, Failures: 0, Errors: 0, Skipped: 1")
        .contains("Gate dev-to-staging: PASSED for version 1.0")
        .contains("4 of 5 golden tasks passed")
        .contains("support/shipping");
    assertThat(project.file("src/test")).doesNotExist();
    assertReported(project);
  }

  @Portable
  @Test
  void runsASelectionOfTasksLikeOtherTests() throws Exception {
    MavenBuild project = MavenBuild.of("single", folder);

    Outcome one = project.run("verify", "-Dtest=SupportAgentGoldenTest#refund_policy");
    assertThat(one.status()).isNotZero();
    assertThat(one.log())
        .contains("Tests run: 1,")
        .contains("4 without a result")
        .contains("To judge only those that did, add -Dgild.partial.");

    Outcome tagged = project.run("verify", "-Dgroups=smoke", "-Dgild.partial");
    assertThat(tagged.status()).as(tagged.log()).isZero();
    assertThat(tagged.log()).contains("Tests run: 1,").contains("1 of 1 golden task passed");

    Outcome ungated = project.run("test");
    assertThat(ungated.status()).as("no gate follows the phase test").isNotZero();
    assertThat(ungated.log())
        .contains("Tests run: 5, Failures: 1, Errors: 0, Skipped: 0")
        .contains("got:      Ask somebody else.");
  }

  @Portable
  @Test
  void failedGateFailsTheBuildWithItsReasons() throws Exception {
    MavenBuild project = MavenBuild.of("single", folder);
    project.write(
        YAML,
        project.text(YAML) + "  - {id: hangs, input: Please wait., expected: x, timeout: 2s}\n");

    Outcome outcome =
        project.run(
            "verify",
            "-Djunit.version=" + JUNIT_6,
            "-Dgild.threshold=0.9",
            "-Djunit.jupiter.execution.parallel.enabled=true",
            "-Djunit.jupiter.execution.parallel.mode.default=concurrent");

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.log())
        .contains("Tests run: 6, Failures: 0, Errors: 0, Skipped: 2")
        .contains("The gate dev-to-staging is FAILED.")
        .contains("required is >= 90.0 % by rate. 4 of 6 golden tasks passed.");
    assertThat(results(project))
        .hasSize(6)
        .anyMatch(line ->
            line.contains("TIMED_OUT")
                && line.contains("no answer within 2s; it was in com.acme.SupportAgent"));
    assertReported(project);
  }

  @Portable
  @Test
  void leavesNoTestAfterTheLastGoldenTaskIsRemoved() throws Exception {
    MavenBuild project = MavenBuild.of("single", folder);
    assertThat(project.run("test").log()).contains("Tests run: 5,");
    String agent = "src/main/java/com/acme/SupportAgent.java";
    project.write(agent, project.text(agent).replaceAll("(?s)@GoldenTask\\(.*@Retry", "@Retry"));

    Outcome outcome = project.run("verify");

    assertThat(outcome.status()).as(outcome.log()).isZero();
    assertThat(outcome.log())
        .contains(
            "Wrote 0 golden tests",
            "[WARNING] The quality gate judges nothing: no agent of this module has a golden task"
                + " (support). Add @GoldenTask to a method.")
        .doesNotContain("Tests run:");
  }

  @Portable
  @Test
  void failsafeRunsGoldenTestsAsDocumented() throws Exception {
    MavenBuild project = MavenBuild.of("single", folder);
    String shown =
        snippets(Path.of("../../docs/evaluation.md"), "xml").stream()
            .filter(snippet -> snippet.contains("failsafe"))
            .collect(Collectors.joining());
    String plugins = shown.replace("<plugins>", "").replace("</plugins>", "");
    String pom = project.text("pom.xml");
    project.write(
        "pom.xml", GILD_PLUGIN.matcher(pom).replaceFirst(Matcher.quoteReplacement(plugins)));

    Outcome outcome = project.run("verify");

    assertThat(outcome.status()).as(outcome.log()).isZero();
    assertThat(outcome.log())
        .containsSubsequence(
            "failsafe:3.6.1:integration-test",
            "Tests run: 5, Failures: 0, Errors: 0, Skipped: 1",
            "failsafe:3.6.1:verify",
            "Gate dev-to-staging: PASSED for version 1.0");
    assertThat(project.file("target/surefire-reports")).doesNotExist();
  }

  @Portable
  @Test
  void eachModuleOfAParallelBuildHasItsOwnGate() throws Exception {
    MavenBuild project = MavenBuild.of("multi", folder);

    Outcome outcome = project.run("verify", "-T2", "-fae");

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.log())
        .containsPattern("Skipped: 1, .*LoudAgentGoldenTest")
        .containsPattern("Failures: 1, .*ToolAgentGoldenTest")
        .contains("There are no golden tasks.")
        .containsPattern("library .* SUCCESS")
        .containsPattern("app .* SUCCESS")
        .containsPattern("tools .* FAILURE");
    assertThat(results(project.file("library"))).hasSize(5).allMatch(line -> line.contains("loud"));
    assertThat(results(project.file("tools"))).hasSize(5).allMatch(line -> line.contains("tool"));
    assertThat(project.file("library/target/gild/report/report.html")).isNotEmptyFile();
  }

  @Portable
  @ParameterizedTest
  @ValueSource(strings = {"5.14.4", JUNIT_6})
  void engineRunsGoldenTasksWithoutThePlugin(String junit) throws Exception {
    MavenBuild.of("single", folder);
    Files.delete(folder.resolve("pom.xml"));
    MavenBuild project = MavenBuild.of("engine", folder);

    Outcome outcome = project.run("test", "-Djunit.version=" + junit);

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.log())
        .contains("Tests run: 5, Failures: 1, Errors: 0, Skipped: 0")
        .contains("Golden task support/shipping: contains: tracking number")
        .doesNotContain("ON_FAILURE");
    assertThat(results(project)).hasSize(5);
    assertThat(project.file("target/generated-test-sources/gild")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void weavingGovernsMethodsThatCannotBeOverridden(boolean plugin) throws Exception {
    MavenBuild project = MavenBuild.of("woven", folder);
    if (plugin) {
      compileWithThePlugin(project);
    }

    Outcome outcome = project.run("package");
    assertThat(outcome.status()).as(outcome.log()).isZero();
    assertThat(outcome.log()).contains("Wove 4 methods of 2 agents.");

    Outcome run =
        MavenBuild.finish(
            List.of(
                Jdk.own().java(),
                "-cp",
                project.file("target/classes") + File.pathSeparator + MavenBuild.gild(),
                "com.acme.Main"),
            folder,
            Map.of());
    assertThat(run.log())
        .contains(
            "final answered at try 2",
            "private answered at try 4",
            "static 2 answered at try 6",
            "record answered at try 8");
    assertThat(run.status()).isZero();
  }

  @Portable
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noticesChangedAndRemovedAgentsWithoutClean(boolean plugin) throws Exception {
    MavenBuild project =
        MavenBuild.of("woven", folder)
            .write(
                "src/main/java/com/acme/Clerk.java",
                """
                package com.acme;

                public class Clerk {
                  @io.gild.annotations.Retry
                  public String answer() {
                    return "x";
                  }
                }
                """);
    if (plugin) {
      compileWithThePlugin(project);
    }
    Outcome first = project.run("process-classes");
    assertThat(first.status()).as(first.log()).isZero();
    assertThat(first.log()).contains("Wove 5 methods of 3 agents.");

    Files.delete(project.file("src/main/java/com/acme/Clerk.java"));
    project
        .replace("src/main/java/com/acme/Main.java", "hidden()", "concealed()")
        .run("process-classes");

    Outcome third = project.run("process-classes");
    assertThat(third.status()).as(third.log()).isZero();
    assertThat(third.log()).contains("Wove 0 methods of 2 agents.");
    String registry = "target/classes/META-INF/gild/agents/com.acme.";
    assertThat(project.file(registry + "Clerk.json")).doesNotExist();
    assertThat(project.text(registry + "Main.json"))
        .contains("\"concealed\"")
        .doesNotContain("\"hidden\"");
  }

  @Portable
  @Test
  void takesAnAgentFromTheContextOfTheApplication() throws Exception {
    Outcome outcome = MavenBuild.of("spring", folder).run("verify");

    assertThat(outcome.status()).as(outcome.log()).isZero();
    assertThat(outcome.log()).contains("Gate dev-to-staging: PASSED", ">= 100.0 % by rate");
  }

  @Portable
  @Test
  void compilerReportsAllMistakesInTasksTogether() throws Exception {
    MavenBuild project =
        MavenBuild.of("single", folder)
            .replace(AGENT, "golden/support.csv", "golden/suport.csv")
            .replace(
                AGENT,
                "  private static void await",
                """
                @GoldenTask(id = "square", input = "three", expected = "9")
                @Retry
                public int square(int number) {
                  return number * number;
                }

                private static void await\
                """);
    project.write(
        YAML,
        project.text(YAML)
            + "  - {id: refund-policy, input: x, expected: x}\n"
            + "  - {id: typo, inptu: x, expected: x}\n");

    Outcome outcome = project.run("verify");

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.log())
        .contains("SupportAgent.java:[18,22] [GoldenBadFile]")
        .contains("golden/support.yaml:13:16: tasks[3].inptu: unknown key. Did you mean \"input\"?")
        .contains("[GoldenDuplicateId] @GoldenTask id \"refund-policy\" is given to two tasks")
        .contains("[GoldenMissingFile] @GoldenTask file \"golden/suport.csv\"")
        .contains("[GoldenInputType] @GoldenTask \"square\" gives \"three\" for parameter number")
        .doesNotContain("generate-tests");
  }

  @Test
  void noticesThatTheProcessorDidNotRun() throws Exception {
    Outcome outcome =
        MavenBuild.of("single", folder)
            .replace("pom.xml", "full</proc>", "none</proc>")
            .run("test");

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.log())
        .contains("the annotation processor did not run: com.acme.SupportAgent.")
        .contains("<artifactId>gild-processor</artifactId>");
  }

  @Test
  void namesAnAgentThatEndsTheJvm() throws Exception {
    MavenBuild project = MavenBuild.of("single", folder);
    project.write(
        YAML, project.text(YAML) + "  - {id: leaves, input: Please exit., expected: x}\n");

    Outcome tests = project.run("verify");
    assertThat(tests.status()).isNotZero();
    assertThat(tests.log())
        .contains("Golden task support/leaves: the agent ended the JVM with System.exit.");

    Outcome gate = project.run("io.gild:gild-maven-plugin:" + MavenBuild.VERSION + ":verify");
    assertThat(gate.status()).isNotZero();
    assertThat(gate.log())
        .containsPattern("support/leaves +0 of 1 +error +the agent ended the JVM");
    assertThat(results(project))
        .anyMatch(line -> line.contains("\"leaves\"") && line.contains("\"ERROR\""));
  }

  /** The second is the oldest that the pages and the plugin name. */
  @ParameterizedTest
  @ValueSource(strings = {"", "3.6.3", "3.8.7"})
  void quickstartIsACompleteProject(String maven) throws Exception {
    String pom = snippets(QUICKSTART, "xml").get(0);
    assertThat(pom.lines().count()).isLessThanOrEqualTo(40);

    MavenBuild project = quickstart(pom).with(maven);
    Outcome outcome = project.run("verify");

    assertThat(outcome.status()).as(outcome.log()).isZero();
    List<String> promised =
        Files.readAllLines(QUICKSTART).stream()
            .filter(line -> line.startsWith("[INFO] Gate"))
            .toList();
    assertThat(promised).hasSize(1).allSatisfy(line -> assertThat(outcome.log()).contains(line));
    assertReported(project);
  }

  @Test
  void namesASurefireThatRunsNoGoldenTest() throws Exception {
    String pom = snippets(QUICKSTART, "xml").get(0);
    String pin =
        "    <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version></plugin>\n";
    assertThat(pom).contains(pin);

    Outcome outcome = quickstart(pom.replace(pin, "")).with("3.8.7").run("test");

    assertThat(outcome.status()).as(outcome.log()).isNotZero();
    assertThat(outcome.log())
        .contains("This build uses maven-surefire-plugin 2.12.4, which runs no JUnit Jupiter test")
        .contains("<version>3.6.1</version>");
  }

  private MavenBuild quickstart(String pom) throws IOException {
    return MavenBuild.in(folder)
        .write("pom.xml", pom)
        .write(AGENT, snippets(QUICKSTART, "java").get(0));
  }

  /** Puts the plugin of javac into a project as the documentation shows. */
  private static void compileWithThePlugin(MavenBuild project) throws IOException {
    String shown =
        snippets(Path.of("../../docs/annotations.md"), "xml").stream()
            .filter(snippet -> snippet.contains("-Xplugin:Gild"))
            .collect(Collectors.joining());
    String pom = project.text("pom.xml");
    project.write(
        "pom.xml", COMPILER_PLUGIN.matcher(pom).replaceFirst(Matcher.quoteReplacement(shown)));
  }

  private static void assertReported(MavenBuild project) {
    for (String file : List.of("report.html", "report.json", "report.md", "junit.xml")) {
      assertThat(project.file("target/gild/report/" + file)).isNotEmptyFile();
    }
  }

  private static List<String> results(MavenBuild project) throws IOException {
    return results(project.file(""));
  }

  private static List<String> results(Path module) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(module.resolve("target/gild/results"))) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private static List<String> snippets(Path page, String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Files.readString(page))
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
