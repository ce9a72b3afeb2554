package io.gild.maven;

import static io.gild.maven.TestProject.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.tools.ToolProvider;
import org.apache.maven.model.Dependency;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateTestsMojoTests {

  private static final String CALL = "....io/gild/evaluation/GoldenTests....";
  private static final String GOLDEN_TESTS =
      """
      package io.gild.evaluation;
      public class GoldenTests {
        public static void run(String type, String method, String descriptor, String id) {}
      }
      """;

  @TempDir private Path folder;

  private TestProject project;

  @BeforeEach
  void createProject() {
    project = new TestProject(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.12.4", "2.21.0", "2.22.0-M1"})
  void rejectsASurefireThatRunsNoGoldenTest(String version) throws Exception {
    project.register("com.acme.SupportAgent", "support", task("a"));
    project.plugin("maven-surefire-plugin", version);

    assertThatThrownBy(() -> project.generateTests().execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith(
            "This build uses maven-surefire-plugin "
                + version
                + ", which runs no JUnit Jupiter test: golden tests need 2.22.0 or later.")
        .hasMessageContaining("<version>3.6.1</version>");

    GenerateTestsMojo skipped = project.generateTests();
    skipped.skipTests = true;
    skipped.execute();
    assertThat(project.log).contains("Wrote 1 golden tests of 1 agents.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.22.0", "3.0.0-M5", "3.6.1"})
  void acceptsEverySurefireThatRunsJupiter(String version) throws Exception {
    project.register("com.acme.SupportAgent", "support", task("a"));
    project.plugin("maven-surefire-plugin", version);

    project.generateTests().execute();

    assertThat(project.log).contains("Wrote 1 golden tests of 1 agents.");
  }

  @Test
  void acceptsAnOldSurefireIfItRunsNoGoldenTest() throws Exception {
    project.plugin("maven-surefire-plugin", "2.12.4");
    project.register("com.acme.Desk", "desk");
    project.generateTests().execute();
    assertThat(project.log).contains("Wrote 0 golden tests of 0 agents.");

    project.register("com.acme.SupportAgent", "support", task("a"));
    project.plugin("maven-failsafe-plugin", "3.6.1");
    project.generateTests().execute();
    assertThat(project.log).contains("Wrote 1 golden tests of 1 agents.");
  }

  @Test
  void acceptsAnOldSurefireWithTheProviderOfJunit() throws Exception {
    project.register("com.acme.SupportAgent", "support", task("a"));
    Dependency provider = new Dependency();
    provider.setGroupId("org.junit.platform");
    provider.setArtifactId("junit-platform-surefire-provider");
    project.plugin("maven-surefire-plugin", "2.19.1").addDependency(provider);

    project.generateTests().execute();

    assertThat(project.log).contains("Wrote 1 golden tests of 1 agents.");
  }

  @Test
  void writesOneTestPerTask() throws Exception {
    project.register(
        "com.acme.SupportAgent",
        "support",
        task("refund-policy", "smoke", "en"),
        task("refund.policy"),
        "{\"file\": \"golden/more.jsonl\"}");
    project.write(
        "src/main/resources/golden/more.jsonl",
        "{\"id\": \"from-file\", \"input\": \"x\", \"expected\": \"y\", \"tags\": [\"slow\"]}\n");

    project.generateTests().execute();

    assertThat(
            folder.resolve(
                "target/generated-test-sources/gild/com/acme/SupportAgentGoldenTest.java"))
        .hasContent(
            """
            package com.acme;

            import io.gild.evaluation.GoldenTests;
            import org.junit.jupiter.api.DisplayName;
            import org.junit.jupiter.api.Tag;
            import org.junit.jupiter.api.Test;

            /**
             * Golden tasks of agent support, as declared by com.acme.SupportAgent.
             */
            class SupportAgentGoldenTest {
              @Test
              @DisplayName("refund-policy")
              @Tag("smoke")
              @Tag("en")
              void refund_policy() {
                GoldenTests.run("com.acme.SupportAgent", "answer",
                    "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;", "refund-policy");
              }

              @Test
              @DisplayName("refund.policy")
              void refund_policy_2() {
                GoldenTests.run("com.acme.SupportAgent", "answer",
                    "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;", "refund.policy");
              }

              @Test
              @DisplayName("from-file")
              @Tag("slow")
              void from_file() {
                GoldenTests.run("com.acme.SupportAgent", "answer",
                    "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;", "from-file");
              }
            }
            """);
    assertThat(project.project.getTestCompileSourceRoots())
        .containsExactly(folder.resolve("target/generated-test-sources/gild").toString());
    assertThat(project.log).containsExactly("Wrote 3 golden tests of 1 agents.");
  }

  @Test
  void deletesFilesOfAnEarlierBuild() throws Exception {
    Path stale =
        project.write("target/generated-test-sources/gild/com/acme/OldGoldenTest.java", "");
    Path result = project.write("target/gild/results/old.jsonl", "");
    project.register("com.acme.Outer$Inner", "inner", task("a"));

    project.generateTests().execute();

    assertThat(stale).doesNotExist();
    assertThat(result).doesNotExist();
    assertThat(
            folder.resolve(
                "target/generated-test-sources/gild/com/acme/Outer_InnerGoldenTest.java"))
        .exists();
  }

  @Test
  void deletesCompiledTestsOfRemovedTasks() throws Exception {
    project.register("com.acme.SupportAgent", "support", task("a"));
    Path kept = project.write("target/test-classes/com/acme/SupportAgentGoldenTest.class", CALL);
    Path stale = project.write("target/test-classes/com/acme/OldGoldenTest.class", CALL);
    Path own = project.write("target/test-classes/com/acme/OwnGoldenTest.class", "by hand");
    Path written = project.write("target/test-classes/com/acme/HandGoldenTest.class", CALL);
    project.write("src/test/java/com/acme/HandGoldenTest.java", "");
    project.project.addTestCompileSourceRoot(folder.resolve("src/test/java").toString());

    project.generateTests().execute();

    assertThat(stale).doesNotExist();
    assertThat(kept).exists();
    assertThat(own).exists();
    assertThat(written).exists();
  }

  @Test
  void leavesNoTestAfterTheLastTaskIsRemoved() throws Exception {
    project.register("com.acme.SupportAgent", "support", task("a"));
    project.generateTests().execute();
    Path test = project.write("target/test-classes/com/acme/SupportAgentGoldenTest.class", CALL);
    // Without the annotation the processor does not run, and the registry stays unchanged.
    project.write("target/classes/com/acme/SupportAgent.class", "no annotation");

    project.generateTests().execute();

    assertThat(test).doesNotExist();
    assertThat(folder.resolve("target/generated-test-sources/gild")).doesNotExist();
    assertThat(project.log).endsWith("Wrote 0 golden tests of 0 agents.");
  }

  @Test
  void rejectsTwoAgentsWithTheSameName() throws Exception {
    project.register("com.acme.Desk", "Desk", task("a"));
    project.register("com.other.Desk", "Desk", task("b"));

    assertThatThrownBy(() -> project.generateTests().execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            """
            Golden tasks are wrong:
              Agent name "Desk" is used by com.acme.Desk and com.other.Desk, so the results of their golden tasks would be mixed. Give one of them another name: @Agent(name = "...").\
            """);
  }

  @Test
  void acceptsASharedNameForAnAgentWithoutTasks() throws Exception {
    project.register("com.acme.Desk", "Desk", task("a"));
    project.register("com.other.Desk", "Desk");

    project.generateTests().execute();

    assertThat(project.log).containsExactly("Wrote 1 golden tests of 1 agents.");
  }

  @Test
  void rejectsTwoTestsWithTheSameName() throws Exception {
    project.register("com.acme.Outer$Inner", "inner", task("a"));
    project.register("com.acme.Outer_Inner", "other", task("b"));

    assertThatThrownBy(() -> project.generateTests().execute())
        .hasMessage(
            "The golden tests of com.acme.Outer$Inner and of com.acme.Outer_Inner would both be"
                + " com.acme.Outer_InnerGoldenTest. Rename one of the classes.");
  }

  @Test
  void compilesTestsForAllKindsOfIds() throws Exception {
    String[] ids = {
      "toString",
      "hashCode",
      "equals",
      "wait",
      "notify",
      "notifyAll",
      "getClass",
      "clone",
      "finalize",
      "class",
      "class_",
      "true",
      "null",
      "_",
      "-",
      ".",
      "...",
      "record",
      "yield",
      "var",
      "a-b",
      "a_b",
      "a.b",
      "a_b_2",
      "2024",
      "\u00fcber",
      "\u65e5\u672c\u8a9e",
      "\ud840\udc00",
      "x\u00b2",
      "main"
    };
    String[] tasks = Arrays.stream(ids).map(TestProject::task).toArray(String[]::new);
    project.register("com.acme.SupportAgent", "support", tasks);

    project.generateTests().execute();

    Path test =
        folder.resolve("target/generated-test-sources/gild/com/acme/SupportAgentGoldenTest.java");
    assertThat(Files.readString(test)).isASCII();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                out,
                out,
                "-proc:none",
                "-encoding",
                "ISO-8859-1",
                "-d",
                folder.toString(),
                project.write("src/GoldenTests.java", GOLDEN_TESTS).toString(),
                test.toString());
    assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, GenerateTestsMojoTests.class.getClassLoader())) {
      Method[] methods = loader.loadClass("com.acme.SupportAgentGoldenTest").getDeclaredMethods();
      assertThat(methods).hasSize(tasks.length);
      assertThat(methods)
          .extracting(method -> method.getAnnotation(DisplayName.class).value())
          .contains("toString", "\u65e5\u672c\u8a9e");
    }
  }

  @Test
  void namesEveryMistakeInGoldenFilesWithItsPlace() throws IOException {
    project.register(
        "com.acme.SupportAgent",
        "support",
        task("taken"),
        "{\"file\": \"tasks.yaml\"}",
        "{\"file\": \"broken.yaml\"}",
        "{\"file\": \"none.yaml\"}");
    Path tasks =
        project.write(
            "src/main/resources/tasks.yaml",
            "- {id: taken, input: x, expected: y}\n- {id: many, input: [a, b, c], expected: y}\n");
    Path broken = project.write("target/classes/broken.yaml", "- {id: b, inptu: x}\n");

    assertThatThrownBy(() -> project.generateTests().execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            """
            Golden tasks are wrong:
              %s:1:3: id "taken" is taken by another task of agent support, in com.acme.SupportAgent#answer
              %s:2:3: task "many" has 3 inputs, but answer(String, String) takes 1 parameter
              %s:1:11: tasks[0].inptu: unknown key. Did you mean "input"?
              com.acme.SupportAgent#answer: golden file "none.yaml" is not among the resources. Put it under src/main/resources.\
            """
                .formatted(tasks, tasks, broken));
  }

  @Test
  void failsIfTheProcessorDidNotRun() throws IOException {
    project.write(
        "target/classes/com/acme/SupportAgent.class", "....Lio/gild/annotations/Cached;..");
    project.write("target/classes/com/acme/Other.class", "....Lio/gild/annotatio");
    project.write(
        "target/classes/com/acme/Flow.class",
        "..Lio/gild/annotations/Pipeline;..Lio/gild/annotations/Voting$Rule;");

    assertThatThrownBy(() -> project.generateTests().execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith(
            "1 classes carry annotations of Gild, but the annotation processor did not run: com.acme.SupportAgent.")
        .hasMessageContaining("<artifactId>gild-processor</artifactId>");
  }

  @Test
  void ignoresAModuleWithoutAgents() throws Exception {
    Files.createDirectories(folder.resolve("target/classes"));

    project.generateTests().execute();

    assertThat(project.log).containsExactly("Wrote 0 golden tests of 0 agents.");
    assertThat(project.project.getTestCompileSourceRoots()).isEmpty();
  }

  @Test
  void namesTheFileOfABrokenRegistry() throws IOException {
    project.compiled("a.B");
    Path file = project.write("target/classes/META-INF/gild/agents/a.B.json", "{\"schema\": }");

    assertThatThrownBy(() -> project.generateTests().execute())
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage(
            "Cannot read the registry: "
                + file
                + ":1:12: expected a value. Compile the module again.");
  }

  @Test
  void skipsTestsOnRequest() throws Exception {
    GenerateTestsMojo mojo = project.generateTests();
    mojo.skip = true;

    mojo.execute();

    assertThat(project.log).containsExactly("Golden tests are skipped.");
  }

  @Test
  void writesLegalAndUniqueIdentifiers() {
    Set<String> taken = new HashSet<>();

    assertThat(GoldenTestWriter.identifier("refund-policy", taken)).isEqualTo("refund_policy");
    assertThat(GoldenTestWriter.identifier("refund.policy", taken)).isEqualTo("refund_policy_2");
    assertThat(GoldenTestWriter.identifier("2024", taken)).isEqualTo("_2024");
    assertThat(GoldenTestWriter.identifier("class", taken)).isEqualTo("class_");
  }
}
