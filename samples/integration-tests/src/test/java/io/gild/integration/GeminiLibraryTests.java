package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.library.Desk;
import com.acme.library.GeminiDesk;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.Tokens;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return GeminiDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(of("1.10.0"), of("1.70.0"));
  }

  private static List<String> of(String version) {
    return List.of("com.google.genai:google-genai:" + version, "org.slf4j:slf4j-nop:2.0.17");
  }

  @Override
  String url(ModelProvider served) {
    return served.baseUrl();
  }

  @Override
  Set<Way> ways() {
    return EnumSet.complementOf(EnumSet.of(Way.PUSH));
  }

  @Override
  Set<Way> cached() {
    return EnumSet.of(Way.CHAT, Way.ASYNC);
  }

  private static final String FALLING_BACK =
      "{mode: enforce, models: {fallback: {answer: Ask again later.}}}";

  @ParameterizedTest
  @MethodSource("rows")
  void keepsTheAnswerOfAFallbackInTheChat(Row row) throws Exception {
    try (Turn turn = start(row, 0, Faults.script(Fault.STATUS_500), FALLING_BACK)) {
      assertThat(turn.ask(Way.OTHER.asking("first"))).isEqualTo("Ask again later.");
      assertThat(turn.ask(Way.OTHER.asking("second"))).contains("second");
      turn.end();
      int asked = Tokens.estimate("firstAsk again later.second");
      assertThat(provider.requests().get(1).promptTokens()).isGreaterThanOrEqualTo(asked);
    }
  }

  /** Gild creates streams without their constructor, which needs neither. */
  @ParameterizedTest
  @MethodSource("rows")
  void streamsWhereTheJvmDeniesUnsafeMemoryAndNativeAccess(Row row) throws Exception {
    assumeTrue(row.jdk().feature() >= 24, "older JVMs do not know the options");
    String[] denying = {"--sun-misc-unsafe-memory-access=deny", "--illegal-native-access=deny"};
    try (Child child = startAlone(row, 0, Faults.script(Fault.STATUS_500), FALLING_BACK, denying)) {
      assertThat(child.ask(Way.STREAM.asking("first"))).isEqualTo("Ask again later.");
      assertThat(child.ask(Way.STREAM.asking("second"))).isEqualTo("[own-model] second");
      assertThat(child.ask(Way.OTHER.asking("third"))).isEqualTo("[own-model] third");
      assertThat(child.end()).noneMatch(line -> line.contains("steps aside"));
      report().assertEquals(provider.requests());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keepsAStreamedAnswerInTheChat(Row row) throws Exception {
    try (Turn turn = start(row, 0, Faults.none(), OBSERVED)) {
      turn.ask(Way.OTHER.asking("first"));
      turn.ask(Way.OTHER.asking("second"));
      turn.end();
      int first = provider.requests().get(0).promptTokens();
      assertThat(provider.requests().get(1).promptTokens()).isGreaterThan(3 * first);
    }
  }
}
