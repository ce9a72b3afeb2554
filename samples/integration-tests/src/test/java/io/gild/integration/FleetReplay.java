package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.Answerer;
import io.gild.testkit.ModelProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Records the answers of a fleet once, and replays them without a provider: the requests of
 * libraries from a cassette, those of plain HTTP clients, which are not recorded, from a tape.
 */
final class FleetReplay implements AutoCloseable {

  private final FleetProject project;
  private final Path cassette;
  private final FleetTape libraries = new FleetTape();
  private final FleetTape http = new FleetTape();

  FleetReplay(FleetProject project, Path cassette) throws IOException {
    this.project = project;
    this.cassette = cassette;
  }

  /** Returns one line per answer. */
  List<String> record(Answerer answerer) throws Exception {
    try (ModelProvider provider = ModelProvider.builder().answers(answerer).start()) {
      libraries.record(provider.baseUrl());
      http.record(provider.baseUrl());
      List<String> answers = project.run(agent("record="), libraries.url(), http.url());
      assertThat(libraries.recorded()).isPositive();
      assertThat(http.recorded()).isPositive();
      return answers;
    }
  }

  /** Returns the answers of a replay, in which each request was one of the recorded ones. */
  List<String> answers() throws Exception {
    libraries.refuse();
    http.replay();
    List<String> answers = project.run(agent("replay="), libraries.url(), http.url());
    assertThat(libraries.unknown()).as("requests that were sent").isEmpty();
    assertThat(http.unknown()).as("requests that differ").isEmpty();
    assertThat(http.unasked()).as("requests that were not repeated").isZero();
    return answers;
  }

  /**
   * Returns the answers without the javaagent, of a provider that knows the recorded requests
   * alone, byte by byte.
   */
  List<String> answersWithoutJavaagent() throws Exception {
    libraries.replay();
    http.replay();
    List<String> answers = project.run(List.of(), libraries.url(), http.url());
    assertThat(libraries.unknown()).as("requests of libraries that differ").isEmpty();
    assertThat(http.unknown()).as("requests that differ").isEmpty();
    assertThat(libraries.unasked() + http.unasked()).as("requests that were not repeated").isZero();
    return answers;
  }

  private List<String> agent(String option) {
    return List.of("-javaagent:" + Child.agentJar() + "=" + option + cassette);
  }

  @Override
  public void close() {
    libraries.close();
    http.close();
  }
}
