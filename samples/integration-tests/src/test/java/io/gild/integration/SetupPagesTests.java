package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.integration.MavenBuild.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Examples on the pages about frameworks, languages and build tools are built and run unchanged.
 */
class SetupPagesTests {

  private static final String SPRING = "org.springframework.boot:spring-boot-starter:4.0.0";
  private static final String LOMBOK = "org.projectlombok:lombok:1.18.42";
  private static final String ANSWER = "answered at try 3";
  private static final String WARNING = "[AgentMadeByFramework] Desk carries @Service";

  private static final String MODULES =
      "<packaging>pom</packaging><modules><module>desk</module><module>app</module></modules>";
  private static final String CLASS_PATH = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";

  @TempDir Path folder;

  @Portable
  @Test
  void theStarterGovernsABeanThatSpringCreates() throws Exception {
    String starter = "io.gild:gild-spring-boot-starter:" + MavenBuild.VERSION;
    MavenBuild project =
        SetupPages.project("spring.md", "## 1. The starter", folder, SPRING, starter);

    assertThat(build(project).log()).doesNotContain("[AgentMadeByFramework]");
    assertThat(run(project).log()).contains(ANSWER);
    Outcome observed = run(project, "-Dgild.mode=observe");
    assertThat(observed.log()).contains("busy").doesNotContain(ANSWER);
  }

  @Portable
  @Test
  void governsASpringBeanThatIsTheWrapper() throws Exception {
    MavenBuild project =
        SetupPages.project(
            "spring.md", "## 2. A bean method that returns the wrapper", folder, SPRING);

    assertThat(build(project).log()).doesNotContain(WARNING);
    assertThat(run(project).log()).contains(ANSWER);
  }

  @Portable
  @Test
  void governsAWovenSpringBean() throws Exception {
    MavenBuild project = SetupPages.project("spring.md", "## 3. The goal weave", folder, SPRING);

    assertThat(build(project).log()).contains("Wove 1 methods of 1 agents.");
    assertThat(run(project).log()).contains(ANSWER);
  }

  @Portable
  @Test
  void governsABeanOfACdiContainer() throws Exception {
    MavenBuild project =
        SetupPages.project(
            "cdi.md",
            "",
            folder,
            "io.gild:gild-cdi:" + MavenBuild.VERSION,
            "org.jboss.weld.se:weld-se-core:5.1.7.Final");

    assertThat(build(project).log()).doesNotContain("[AgentMadeByFramework]");
    assertThat(run(project).log()).contains(ANSWER);
  }

  @Test
  void onlyTheJavaagentGovernsABeanThatSpringCreates() throws Exception {
    MavenBuild project = SetupPages.project("spring.md", "## 3. The goal weave", folder, SPRING);
    String weave = project.text("pom.xml");
    project
        .replace("pom.xml", "<compilerArgs><arg>-Agild.weaving=only</arg></compilerArgs>", "")
        .replace("pom.xml", "<goal>weave</goal>", "<goal>verify</goal>");
    assertThat(project.text("pom.xml")).isNotEqualTo(weave);

    assertThat(build(project).log()).contains(WARNING);
    Outcome naive = run(project);
    assertThat(naive.status()).isNotZero();
    assertThat(naive.log()).contains("busy").doesNotContain(ANSWER);
    Outcome governed = run(project, "-javaagent:" + Child.agentJar() + "=mode=enforce");
    assertThat(governed.log()).contains(ANSWER, "[gild] declared 1, woven 1");
  }

  @Test
  void lombokWritesTheConstructorsOfTheWrapper() throws Exception {
    MavenBuild project = SetupPages.project("lombok.md", "", folder, LOMBOK);

    build(project);

    assertThat(run(project).log()).contains("Hello, " + ANSWER);
  }

  @Test
  void kaptWritesTheWrapperOfAKotlinClass() throws Exception {
    MavenBuild project = SetupPages.project("kotlin.md", "", folder, Kotlin.STANDARD_LIBRARY);

    build(project);

    Outcome outcome =
        program(project, List.of("-cp", classPath(project)), "com.acme.ApplicationKt");
    assertThat(outcome.log()).contains("Hello, " + ANSWER);
  }

  @Test
  void governsAnAgentInAModule() throws Exception {
    MavenBuild project = SetupPages.project("modules.md", "", folder);

    build(project);

    Outcome outcome =
        program(project, List.of("-p", classPath(project), "-m"), "com.acme/com.acme.Application");
    assertThat(outcome.log()).contains(ANSWER);
    assertThat(outcome.log()).doesNotContain("[gild]");
  }

  /** Without the root's file the second attempt is the last, and no golden task passes. */
  @Portable
  @Test
  void settingsOfTheRootApplyToModules() throws Exception {
    MavenBuild project = SetupPages.project("multi-module.md", "", folder);
    project.replace("pom.xml", "<version>1.0</version>", "<version>1.0</version>\n" + MODULES);
    assertThat(Files.readString(Path.of("../../docs/multi-module.md")))
        .contains(
            "<packaging>pom</packaging>",
            "<modules><module>desk</module><module>app</module></modules>");
    String passed = "1 of 1 golden task passed";

    Outcome root = project.run("verify");
    assertThat(root.status()).as(root.log()).isZero();
    assertThat(root.log()).contains(passed);

    Outcome module = project.run("verify", "-f", "desk/pom.xml");
    assertThat(module.status()).as(module.log()).isZero();
    assertThat(module.log()).contains(passed);

    Files.delete(project.file("gild.yaml"));
    assertThat(project.run("verify").status()).isNotZero();
  }

  /** Gradle itself is not run: it would have to be downloaded. */
  @Test
  void javacWithTheOptionsOfGradleWritesTheWrapper() throws Exception {
    MavenBuild project = SetupPages.project("gradle.md", "", folder);
    assertThat(project.text("build.gradle.kts"))
        .contains("annotationProcessor(\"io.gild:gild-processor:" + MavenBuild.VERSION + "\")")
        .contains("\"-parameters\", \"-Agild.config=$rootDir/gild.yaml\"");
    project.write("gild.yaml", "mode: enforce\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                Jdk.own().home().resolve("bin/javac").toString(),
                "-parameters",
                "-Agild.config=" + project.file("gild.yaml"),
                "-processorpath",
                MavenBuild.processor(),
                "-cp",
                MavenBuild.gild(),
                "-d",
                project.file("target/classes").toString()));
    try (Stream<Path> sources = Files.walk(project.file("src/main/java"))) {
      sources
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::toString)
          .forEach(command::add);
    }

    Outcome compiled = MavenBuild.finish(command, folder, Map.of());

    assertThat(compiled.status()).as(compiled.log()).isZero();
    project.write("class-path.txt", MavenBuild.gild());
    assertThat(run(project).log()).contains(ANSWER);
  }

  private static Outcome build(MavenBuild project) throws Exception {
    Outcome outcome =
        project.run("package", CLASS_PATH + ":build-classpath", "-Dmdep.outputFile=class-path.txt");
    assertThat(outcome.status()).as(outcome.log()).isZero();
    return outcome;
  }

  private static Outcome run(MavenBuild project, String... flags) throws Exception {
    List<String> options = new ArrayList<>(List.of(flags));
    options.addAll(List.of("-cp", classPath(project)));
    return program(project, options, "com.acme.Application");
  }

  private static Outcome program(MavenBuild project, List<String> options, String main)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(Jdk.own().java()));
    command.addAll(options);
    command.add(main);
    return MavenBuild.finish(command, project.file(""), Map.of());
  }

  /** Returns the class path that Maven chose. */
  private static String classPath(MavenBuild project) throws Exception {
    return project.file("target/classes")
        + File.pathSeparator
        + project.text("class-path.txt").strip();
  }
}
