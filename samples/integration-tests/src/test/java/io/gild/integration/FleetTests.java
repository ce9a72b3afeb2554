package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.fleet.Agent;
import com.acme.fleet.FleetGenerator;
import com.acme.fleet.Shape;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of old agents is recorded, migrated, and answers offline as it did before. */
class FleetTests {

  private static final int AGENTS = Integer.getInteger("gild.fleet.agents", 48);

  @TempDir Path folder;

  private static ModelAnswer answer(ModelRequest request) {
    boolean mayLookUp = request.messages().stream().noneMatch(each -> each.role().equals("tool"));
    // The name of a parameter, unless the class was compiled with -parameters.
    return mayLookUp && !request.tools().isEmpty()
        ? ModelAnswer.toolCall("state", "{\"arg0\": \"4711\"}")
        : ModelAnswer.text("[" + request.model() + "] " + request.lastText());
  }

  @Portable
  @Test
  void migratedAgentsAnswerAsRecorded() throws Exception {
    List<Agent> agents = FleetGenerator.fleet(AGENTS, Math.min(16, Math.max(1, AGENTS / 16)));
    FleetProject fleet = new FleetProject(folder.resolve("fleet"), agents);
    LegacyProject project = fleet.project();
    project.build();
    try (FleetReplay replay = new FleetReplay(fleet, folder.resolve("cassette.jsonl"))) {
      List<String> recorded = replay.record(FleetTests::answer);
      assertThat(recorded.stream().filter(line -> line.contains("\tthrew"))).isEmpty();
      assertThat(recorded).hasSize(AGENTS * 3);
      assertThat(replay.answers()).as("unchanged agents").isEqualTo(recorded);
      assertThat(replay.answersWithoutJavaagent()).as("unchanged agents alone").isEqualTo(recorded);

      for (String apply : List.of("safe", "policies")) {
        project.migrate(apply);
        project.build();
        assertThat(replay.answers()).as(apply).isEqualTo(recorded);
        assertThat(replay.answersWithoutJavaagent()).as(apply + ", alone").isEqualTo(recorded);
      }
    }
    List<Agent> governed = new ArrayList<>();
    for (Agent agent : agents) {
      if (fleet.governs(agent)) {
        governed.add(agent);
      }
    }
    write(agents, governed);
    assertThat(governed).hasSizeGreaterThanOrEqualTo((AGENTS * 9 + 9) / 10);
    String before = project.sources();
    project.migrate("policies");
    assertThat(project.sources()).as("a second migration").isEqualTo(before);
  }

  /** Writes a table of what became of the agents of each shape. */
  private static void write(List<Agent> agents, List<Agent> governed) throws IOException {
    StringBuilder table = new StringBuilder("| shape | agents | migrated | left as they are |\n");
    for (Shape shape : Shape.values()) {
      long all = agents.stream().filter(each -> each.shape() == shape).count();
      List<Agent> left =
          agents.stream()
              .filter(each -> each.shape() == shape && !governed.contains(each))
              .toList();
      table
          .append("| %s | %d | %d | ".formatted(shape, all, all - left.size()))
          .append(left.stream().map(each -> each.name() + " " + each.style()).toList())
          .append(" |\n");
    }
    Files.writeString(Path.of("target/fleet.md"), table);
  }
}
