package io.gild.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.PriceTable;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.DescribesItself;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptAdviceTests {

  private static final String RULES =
      "Always answer in one polite sentence, and never promise a refund that the rules exclude.\n"
          .repeat(80);

  @TempDir Path data;

  private Settings settings() {
    return Settings.builder()
        .yaml("gild.yaml", "data: " + data + "\nledger: {enabled: true}")
        .build();
  }

  @Test
  void advisesToPutWhatChangesBehindWhatDoesNot() throws Exception {
    List<PromptAdvice> advice =
        adviceOf(i -> body("Today is day " + i + ".\n" + lines(), "hi " + i));

    assertThat(advice).hasSize(1);
    assertThat(advice.get(0).agent()).isEqualTo("gpt");
    assertThat(advice.get(0).text())
        .contains("repeat those of the request before", "0 % were read", "put dates");
    assertThat(advice.get(0).usd()).isPositive();
  }

  @Test
  void advisesToMarkAStablePrompt() throws Exception {
    assertThat(adviceOf(i -> body(lines(), "hi " + i)))
        .singleElement()
        .satisfies(each -> assertThat(each.text()).contains("policy prompt-cache"));
  }

  @Test
  void findsDuplicatesAndLargeResultsOfTools() throws Exception {
    List<PromptAdvice> advice =
        adviceOf(i ->
            Map.of(
                "messages",
                List.of(
                    Map.of("role", "user", "content", "question " + i + "\n" + RULES),
                    Map.of("role", "tool", "content", ("row " + i + " ").repeat(6_000)))));

    assertThat(advice).extracting(PromptAdvice::text).hasSize(2);
    assertThat(advice)
        .anySatisfy(each -> assertThat(each.text()).contains("results of tools"))
        .anySatisfy(each -> assertThat(each.text()).contains("twice or more"));
  }

  @Test
  void keepsNoText() throws Exception {
    adviceOf(i -> body(lines(), "my secret is " + i));

    assertThat(Files.readString(data.resolve("ledger/prompts.json")))
        .doesNotContain("secret", "polite");
  }

  @Test
  void addsWhatSeveralRuntimesSaw() throws Exception {
    adviceOf(i -> body(lines(), "hi " + i));
    adviceOf(i -> body(lines(), "hi " + i));

    assertThat(PromptUses.read(settings()).get(0).requests()).isEqualTo(60);
  }

  @Test
  void isSilentWithoutRequests() {
    assertThat(PromptAdvice.of(List.of(), PriceTable.of(settings()))).isEmpty();
  }

  private static String lines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      lines
          .append("Rule ")
          .append(i)
          .append(" says that article ")
          .append(i * 7)
          .append(" may be returned.\n");
    }
    return lines.toString();
  }

  private static Map<String, ?> body(String system, String question) {
    return Map.of(
        "messages",
        List.of(
            Map.of("role", "system", "content", system),
            Map.of("role", "user", "content", question)));
  }

  /** Makes the content of a request. */
  private interface Content {
    Map<String, ?> of(int number);
  }

  private List<PromptAdvice> adviceOf(Content content) throws Exception {
    GildRuntime runtime =
        GildRuntime.builder().settings(settings()).module(new LedgerModule()).build();
    GovernedMethod model =
        runtime.method(
            new MethodSpec(
                CallKind.CHAT,
                "gpt",
                "",
                "com.acme.Gpt",
                "chat",
                "(Ljava/lang/Object;)Ljava/lang/Object;",
                List.of(),
                Effect.NONE,
                PolicyTree.empty()));
    for (int i = 0; i < 30; i++) {
      Map<String, ?> body = content.of(i);
      model.call(
          null,
          arguments -> {
            AgentCall.current().recordUsage("gpt-4o", Usage.of(3_000, 10));
            return "fine";
          },
          new DescribesItself() {
            @Override
            public void describe(AgentCall call) {}

            @Override
            public Map<String, ?> body() {
              return body;
            }
          });
    }
    runtime.close();
    return PromptAdvice.of(PromptUses.read(settings()), PriceTable.of(settings()));
  }
}
