package com.acme.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetGeneratorTests {

  @TempDir Path folder;

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(
            folder.relativize(file).toString().replace('\\', '/'),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  @Test
  void writesTheSameFilesTwice() throws IOException {
    FleetGenerator.write(FleetGenerator.fleet(48, 3), folder.resolve("a"));
    FleetGenerator.write(FleetGenerator.fleet(48, 3), folder.resolve("b"));

    assertThat(files(folder.resolve("a")))
        .hasSizeGreaterThan(48)
        .isEqualTo(files(folder.resolve("b")));
  }

  @Test
  void writesEachShapeInEachStyle() {
    List<Agent> fleet = FleetGenerator.fleet(511, 16);

    assertThat(fleet.stream().map(Agent::name).distinct()).hasSize(511);
    assertThat(fleet.stream().map(each -> each.shape() + " " + each.style()).distinct())
        .hasSize(Shape.values().length * Style.values().length);
    assertThat(fleet.stream().collect(Collectors.groupingBy(Agent::module, Collectors.counting())))
        .hasSize(16);
  }

  @Test
  void givesAgentsOfSeveralModulesTheSameSimpleName() {
    assertThat(
            FleetGenerator.fleet(48, 3).stream().filter(each -> each.type().equals("RefundDesk")))
        .hasSize(3);
  }

  @Test
  void leavesNoPlaceholderAndKeepsLineEndsAndEncodings() throws IOException {
    FleetGenerator.write(FleetGenerator.fleet(511, 16), folder);

    Map<String, String> files = files(folder);
    assertThat(files.values())
        .noneMatch(text -> text.matches("(?s).*\\b(STATIC\\w*|MODEL|PROMPT|MEMBERS|IMPORTS)\\b.*"));
    assertThat(files.values()).anyMatch(text -> text.contains("\r\n"));
    assertThat(files.values()).anyMatch(text -> text.contains("Z\u00fcrich"));
  }

  @Test
  void rejectsAFleetWithoutAgents() {
    assertThatThrownBy(() -> FleetGenerator.fleet(0, 1))
        .hasMessageContaining("at least 1 agent")
        .hasMessageContaining("0 and 1");
  }
}
