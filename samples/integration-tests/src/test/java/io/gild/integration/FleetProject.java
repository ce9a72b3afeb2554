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
import java.util.List;
import java.util.Map;

/** A written fleet, run in processes of its own. */
final class FleetProject {

  private final List<Agent> agents;
  private final List<String> modules;
  private final LegacyProject project;

  FleetProject(Path folder, List<Agent> agents) throws IOException {
    this.agents = agents;
    this.modules = agents.stream().map(Agent::module).distinct().toList();
    this.project = new LegacyProject(folder, modules);
    FleetGenerator.write(agents, folder);
  }

  LegacyProject project() {
    return project;
  }

  /** Returns whether the class files of an agent govern a method. */
  boolean governs(Agent agent) throws IOException {
    return project.governed(agent.module(), agent.type() + "(\\$.*)?\\.class") > 0;
  }

  /**
   * Asks each agent its questions.
   *
   * @param flags options of the JVM
   * @return one line per answer
   */
  List<String> run(List<String> flags, String libraryUrl, String httpUrl) throws Exception {
    Path answers = project.folder().resolveSibling("answers.txt");
    Path own = Path.of(FleetMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command = new ArrayList<>();
    command.add(Jdk.own().java());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(flags);
    command.add("-Dfleet.library-url=" + libraryUrl);
    command.add("-Dfleet.http-url=" + httpUrl);
    command.add("-cp");
    command.add(own + File.pathSeparator + project.classPath());
    command.addAll(List.of(FleetMain.class.getName(), answers.toString()));
    command.add(String.valueOf(agents.size()));
    command.add(String.valueOf(modules.size()));
    MavenBuild.Outcome outcome = MavenBuild.finish(command, project.folder(), Map.of());
    assertThat(outcome.status()).as(outcome.log()).isZero();
    assertThat(outcome.log()).doesNotContain("steps aside");
    return Files.readAllLines(answers);
  }
}
