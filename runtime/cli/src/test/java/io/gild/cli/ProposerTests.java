package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.Tier;
import io.gild.cost.Budget;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProposerTests {

  private static final String ANSWER = "(Ljava/lang/String;)Ljava/lang/String;";

  private String descriptor = ANSWER;
  private double seconds = 600;
  private long calls = 100;
  private Map<String, Long> failures = Map.of();
  private long repeats;
  private String layers = "";
  private double p99 = 100;
  private String cost = "0";
  private List<String> models = List.of("own-model");
  private Map<String, Long> tools = Map.of();

  private InventoryData seen() {
    List<ModelCalls.ModelUse> uses =
        models.stream()
            .map(name -> new ModelCalls.ModelUse(name, calls, 10, 10, new BigDecimal(cost), 0))
            .toList();
    ModelCalls place =
        new ModelCalls(
            "",
            "com.acme.SupportDesk#answer",
            descriptor,
            "com.acme.SupportDesk#ask",
            7,
            "ChatModel.chat",
            "lib 1",
            false,
            calls,
            failures,
            repeats,
            calls,
            1,
            1,
            layers,
            1,
            2,
            p99,
            uses,
            tools);
    return new InventoryData(
        List.of("1 (Java 17)"), seconds, java.util.Set.of(), List.of(place), tools);
  }

  private Proposal proposal() {
    return proposer().proposals().get(0);
  }

  private Proposer proposer() {
    return new Proposer(seen(), Settings.defaults().get(Tier.SECTION));
  }

  private List<String> keys() {
    return proposal().policies().stream().map(Proposal.Policy::key).toList();
  }

  @Test
  void proposesACacheForMoreThanFivePerCentOfRepeats() {
    repeats = 5;
    assertThat(keys()).doesNotContain("cache");
    repeats = 6;
    assertThat(keys()).contains("cache");
    assertThat(proposal().policies().get(0).reason())
        .isEqualTo("6.0 % of 100 calls were exact repeats");
  }

  @Test
  void proposesNoCacheWhereAToolChangesSomething() {
    repeats = 50;
    tools = Map.of("sendMail", 3L);
    assertThat(keys()).doesNotContain("cache");
    assertThat(proposal().notes()).anyMatch(note -> note.contains("no cache"));
  }

  @Test
  void proposesNoCacheForAMethodThatReturnsNothing() {
    repeats = 50;
    descriptor = "(Ljava/lang/String;)V";
    assertThat(keys()).isEmpty();
  }

  @Test
  void proposesRetriesForFailuresUnlessTheyAreThere() {
    failures = Map.of("a.B", 3L);
    assertThat(keys()).contains("retry", "circuit-breaker");
    layers = "1 layer, 3 possible attempts";
    assertThat(keys()).contains("circuit-breaker").doesNotContain("retry");
    assertThat(proposal().notes())
        .contains(
            "no retry, because the application retries already: 1 layer, 3 possible attempts");
  }

  @Test
  void boundsCallsByThreeTimesTheirNinetyNinthPercentile() {
    p99 = 4_010;
    assertThat(proposal().policies().get(0).value()).isEqualTo("{timeout-duration: 13s}");
    p99 = 20;
    assertThat(proposal().policies().get(0).value()).isEqualTo("{timeout-duration: 5s}");
    tools = Map.of("getTime", 3L);
    assertThat(keys()).doesNotContain("time-limit");
  }

  @Test
  void allowsTwiceWhatAnHourWouldCost() {
    cost = "1.234";
    assertThat(proposer().budgets()).containsEntry("support-desk", new BigDecimal("15"));
    assertThat(proposal().policies())
        .filteredOn(policy -> policy.key().equals("cost"))
        .extracting(Proposal.Policy::reason)
        .containsExactly("$1.23 in 600 s, $7.40 per hour");
  }

  @Test
  void proposesNoBudgetAfterAShortBurst() {
    seconds = 12;
    cost = "1.234";
    assertThat(proposer().budgets()).isEmpty();
    assertThat(keys()).doesNotContain("cost");
    assertThat(proposal().notes())
        .anyMatch(note -> note.startsWith("no budget: $1.23 in 12"))
        .anyMatch(note -> note.contains("watch for 600 s or longer"));
  }

  @Test
  void routesWhereSeveralTiersAreAsked() {
    models = List.of("gpt-4.1");
    assertThat(keys()).doesNotContain("route");
    assertThat(proposal().notes()).anyMatch(note -> note.contains("golden tasks"));
    models = List.of("gpt-4.1", "gpt-4o-mini");
    assertThat(keys()).contains("route");
  }

  @Test
  void proposesNothingFromSharesAfterAFewCalls() {
    calls = 3;
    repeats = 2;
    cost = "1";
    assertThat(keys()).isEmpty();
    assertThat(proposer().budgets()).isEmpty();
    assertThat(proposal().notes()).anyMatch(note -> note.startsWith("only 3 calls"));
  }

  @Test
  void writesYamlThatGildAccepts() {
    repeats = 50;
    cost = "1.234";
    failures = Map.of("a.B", 3L);
    tools = Map.of("send:mail #1", 3L, "getTime", 1L);
    Proposer proposer = proposer();
    String yaml = ProposedYaml.of(seen(), proposer.proposals(), proposer.budgets());
    Settings settings = Settings.builder().yaml("gild.yaml", yaml).build();
    assertThat(settings.agents()).hasSize(1);
    assertThat(settings.get(Budget.SECTION)).containsKey("support-desk");
    assertThat(settings.tools()).hasSize(1);
    assertThat(settings.tools().get(0).matches("send:mail #1")).isTrue();
  }

  @Test
  void proposesNothingForCodeWhoseMethodWasNotSeen() {
    descriptor = "";
    repeats = 50;
    assertThat(keys()).isEmpty();
    Proposer proposer = proposer();
    assertThat(ProposedYaml.of(seen(), proposer.proposals(), proposer.budgets()))
        .contains("# com.acme.SupportDesk#answer:");
  }
}
