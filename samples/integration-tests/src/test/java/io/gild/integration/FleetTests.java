package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.fleet.Agent;
import com.acme.fleet.FleetGenerator;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of old agents is recorded, and its answers are replayed offline. */
class FleetTests {

  private static final int AGENTS = Integer.getInteger("gild.fleet.agents", 48);

  @TempDir Path folder;

  private static ModelAnswer answer(ModelRequest request) {
    boolean mayLookUp = request.messages().stream().noneMatch(each -> each.role().equals("tool"));
    return mayLookUp && !request.tools().isEmpty()
        ? ModelAnswer.toolCall("state", "{\"order\": \"4711\"}")
        : ModelAnswer.text("[" + request.model() + "] " + request.lastText());
  }

  /** The requests of libraries are on the cassette, those of plain HTTP clients on the tape. */
  @Portable
  @Test
  void answersAsRecorded() throws Exception {
    List<Agent> agents = FleetGenerator.fleet(AGENTS, Math.min(16, Math.max(1, AGENTS / 16)));
    FleetProject project = new FleetProject(folder.resolve("fleet"), agents);
    Path cassette = folder.resolve("cassette.jsonl");
    project.build();
    try (FleetTape libraries = new FleetTape();
        FleetTape http = new FleetTape()) {
      List<String> recorded;
      try (ModelProvider provider = ModelProvider.builder().answers(FleetTests::answer).start()) {
        libraries.record(provider.baseUrl());
        http.record(provider.baseUrl());
        recorded = project.run("record=" + cassette, libraries.url(), http.url());
      }
      assertThat(recorded).hasSize(AGENTS * 3).noneMatch(line -> line.contains("\tthrew"));

      assertThat(libraries.recorded()).isGreaterThan(AGENTS);
      assertThat(http.recorded()).isGreaterThan(AGENTS / 12);
      libraries.refuse();
      http.replay();
      List<String> replayed = project.run("replay=" + cassette, libraries.url(), http.url());

      assertThat(replayed).isEqualTo(recorded);
      assertThat(libraries.unknown()).isEmpty();
      assertThat(http.unknown()).isEmpty();
      assertThat(http.unasked()).isZero();
    }
  }
}
