package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gild.config.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RoiCommandTests {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int roi(String... more) {
    List<String> arguments = new ArrayList<>(List.of("roi"));
    arguments.addAll(Arrays.asList(more));
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(String[]::new));
  }

  private static String agent(String name, int calls, int failed, int repeats, double costUsd) {
    return """
    {"name": "%s", "entry": "com.acme.%s#ask", "calls": %d, "failed": %d, "repeats": %d, "costUsd": %s,
     "places": [{"models": [{"model": "gpt-4o", "inputTokens": %d, "outputTokens": %d, "unpriced": 0}]}]}
    """
        .formatted(name, name, calls, failed, repeats, costUsd, 100 * calls, 10 * calls);
  }

  private String inventory(double seconds, String... agents) throws IOException {
    Path file = folder.resolve("inventory-" + agents.length + ".json");
    Files.writeString(
        file, "{\"seconds\": %s, \"agents\": [%s]}".formatted(seconds, String.join(",", agents)));
    return "--inventory=" + file;
  }

  private double figure(String name, String part) throws IOException {
    Object facts = Json.read(Files.readString(folder.resolve("roi.json")));
    return Facts.of(facts).inner(name).decimal(part).doubleValue();
  }

  @Test
  void scalesTheTimeThatWasWatchedToAMonth() throws IOException {
    double day = 86_400;
    String json = "--json=" + folder.resolve("roi.json");

    assertThat(roi(inventory(day, agent("desk", 1_000, 100, 200, 9)), json)).as("%s", err).isZero();

    double days = 365.25 / 12;
    assertThat(figure("callsPerMonth", "value")).isCloseTo(1_000 * days, within(0.01));
    assertThat(figure("costUsd", "value")).isCloseTo(9 * days, within(0.01));
    assertThat(figure("failedCalls", "value")).isCloseTo(100 * days, within(0.01));
    // A tenth of a tenth of a tenth of a tenth.
    assertThat(figure("failedCallsAfter", "value")).isCloseTo(0.1 * days, within(0.01));
    // 1.80 saved by the cache; 99.9 more answers at a cent, of which four fifths are not cached.
    assertThat(figure("savedUsd", "value")).isCloseTo((1.8 - 0.7992) * days, within(0.01));
    assertThat(figure("savedUsd", "p5")).isEqualTo(figure("savedUsd", "p95"));
    assertThat(out.toString())
        .contains("Assumed:", " 1. The time that was watched, 86400 s or more")
        .contains("Not counted: the time of people");
  }

  @Test
  void pricesTheSameTokensOfACheaperModel() throws IOException {
    String json = "--json=" + folder.resolve("roi.json");
    // 100 tokens of input and 10 of output at $2.50 and $10: $0.00035 a call.
    String agent = agent("desk", 1_000, 0, 500, 0.35);

    assertThat(
            roi(
                inventory(3_600, agent),
                "--calls-per-month=1000",
                "--cheaper-model=gpt-4o-mini",
                "--cheaper-share=0.4",
                json))
        .as("%s", err)
        .isZero();

    double cheaper = 1_000 * (100 * 0.15 + 10 * 0.60) / 1e6;
    assertThat(figure("savedUsd", "value"))
        .isCloseTo(0.35 / 2 + (0.35 - cheaper) * 0.4 / 2, within(1e-4));
    assertThat(out.toString()).contains("gpt-4o-mini answers 40 % of the requests");
    assertThat(roi(inventory(3_600, agent), "--cheaper-model=gpt-4o-mimi", "--cheaper-share=0.4"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("no price is known for gpt-4o-mimi");
  }

  @Test
  void extendsToAFleetWithARange() throws IOException {
    String[] agents = new String[6];
    for (int i = 0; i < agents.length; i++) {
      agents[i] = agent("desk" + i, 1_000, 0, 100 * i, i + 1);
    }
    String json = "--json=" + folder.resolve("roi.json");

    assertThat(roi(inventory(86_400, agents), "--agents=511", json)).as("%s", err).isZero();

    assertThat(figure("costUsd", "value")).isCloseTo(3.5 * 511 * 365.25 / 12, within(0.01));
    assertThat(figure("costUsd", "p5")).isBetween(2.0 * 511 * 30, figure("costUsd", "value"));
    assertThat(figure("costUsd", "p95")).isBetween(figure("costUsd", "value"), 5.0 * 511 * 31);
    assertThat(out.toString())
        .contains("The 505 agents that were not watched are like the 6 that were");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3600 | --agents=511 | 1 agents cannot stand for 511",
        "3600 | --agents=0 | --agents is 0, but the inventories have 1 agents",
        "60 | --attempts=4 | 60 s of watching cannot be scaled to a month",
        "3600 | --attempts=0 | --attempts must be from 1 to 10, but is 0",
        "3600 | --cheaper-share=0.5 | --cheaper-model and --cheaper-share go together",
        "3600 | --calls-per-month=0 | --calls-per-month must be >= 1",
        "3600 | --inventory=absent.json | no inventory absent.json",
      })
  void refusesWhatItCannotCompute(double seconds, String option, String message)
      throws IOException {
    assertThat(roi(inventory(seconds, agent("desk", 10, 0, 0, 1)), option)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{ | inventory", "[] | has no agent with calls", "{\"seconds\": 9} | has no agent"})
  void reportsAFileThatIsNoInventory(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("inventory.json"), text);
    assertThat(roi("--inventory=" + file)).isEqualTo(1);
    assertThat(err.toString()).contains(message, file.toString());
  }
}
