package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.fleet.Agent;
import com.acme.fleet.FleetGenerator;
import com.acme.fleet.FleetMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A written fleet: built by the real Maven, migrated and run in processes of their own. */
final class FleetProject {

  private static final String CLASS_PATH =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";

  private final Path folder;
  private final List<Agent> agents;
  private final Set<String> modules = new LinkedHashSet<>();

  FleetProject(Path folder, List<Agent> agents) throws IOException {
    this.folder = folder;
    this.agents = agents;
    agents.forEach(agent -> modules.add(agent.module()));
    FleetGenerator.write(agents, folder);
  }

  /** Compiles all modules, with what the project's own plugins add. */
  void build() throws Exception {
    MavenBuild.Outcome outcome =
        MavenBuild.in(folder)
            .run(
                "-q",
                "process-classes",
                CLASS_PATH,
                "-Dmdep.outputFile=target/class-path.txt",
                "-Dmdep.includeScope=runtime");
    assertThat(outcome.status()).as(outcome.log()).isZero();
  }

  /** Migrates the sources; the report is in {@code report.json} beside the project. */
  String migrate(String apply) throws Exception {
    MavenBuild.Outcome outcome =
        MavenBuild.finish(
            List.of(
                Jdk.own().java(),
                "-jar",
                System.getProperty("gild.cli.jar"),
                "migrate",
                folder.toString(),
                "--write",
                "--apply=" + apply,
                "--json=" + folder.resolveSibling("report.json")),
            folder,
            Map.of());
    assertThat(outcome.status()).as(outcome.log()).isZero();
    return outcome.log();
  }

  /**
   * Asks each agent its questions.
   *
   * @param javaagent options of the javaagent
   * @return one line per answer
   */
  List<String> run(String javaagent, String libraryUrl, String httpUrl) throws Exception {
    Path answers = folder.resolveSibling("answers.txt");
    MavenBuild.Outcome outcome =
        MavenBuild.finish(
            List.of(
                Jdk.own().java(),
                "-XX:TieredStopAtLevel=1",
                "-javaagent:" + Child.agentJar() + "=" + javaagent,
                "-Dfleet.library-url=" + libraryUrl,
                "-Dfleet.http-url=" + httpUrl,
                "-cp",
                classPath(),
                FleetMain.class.getName(),
                answers.toString(),
                String.valueOf(agents.size()),
                String.valueOf(modules.size())),
            folder,
            Map.of());
    assertThat(outcome.status()).as(outcome.log()).isZero();
    assertThat(outcome.log()).doesNotContain("steps aside");
    return Files.readAllLines(answers);
  }

  /** Returns the source of an agent. */
  String source(Agent agent) throws IOException {
    Path file =
        folder
            .resolve(agent.module() + "/src/main/java/com/acme/" + agent.module())
            .resolve(agent.type() + ".java");
    return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private String classPath() throws Exception {
    Set<String> entries = new LinkedHashSet<>();
    entries.add(
        Path.of(FleetMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString());
    List<String> libraries = new ArrayList<>();
    for (String module : modules) {
      Path target = folder.resolve(module).resolve("target");
      entries.add(target.resolve("classes").toString());
      String own = Files.readString(target.resolve("class-path.txt")).trim();
      libraries.addAll(Arrays.asList(own.split(File.pathSeparator)));
    }
    entries.addAll(libraries);
    return String.join(File.pathSeparator, entries);
  }
}
