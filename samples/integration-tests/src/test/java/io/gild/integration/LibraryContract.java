package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.LoggedRequest;
import io.gild.testkit.ModelRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of the agent for every model library, in the oldest and the newest supported
 * version.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class LibraryContract extends LibraryRuns {

  /** A way of calling a model. */
  enum Way {
    CHAT,
    ASYNC,
    STREAM,
    PUSH,
    TOOL,
    EMBED,
    OTHER;

    String asking(String text) {
      return name().toLowerCase(Locale.ROOT) + " " + text;
    }
  }

  /** Tests that leave unfinished requests run after tests that count requests. */
  private static final int LATE = Integer.MAX_VALUE;

  private static final String ENFORCED =
      """
      mode: enforce
      tiers:
        small: {model: cheap-model}
        large: {model: own-model}
      agents:
        - match: com.acme.library.*Desk#*
          name: desk
          route: {strategy: fixed, tiers: [small]}
      models:
        retry: {max-attempts: 3, wait-duration: 0s}
      """;

  /** Returns how the library can call a model. */
  abstract Set<Way> ways();

  /** Returns the ways with whole answers, which can be cached. */
  Set<Way> cached() {
    return EnumSet.of(Way.CHAT, Way.ASYNC, Way.OTHER);
  }

  private static Faults every(Fault fault) {
    Fault[] faults = new Fault[20];
    Arrays.fill(faults, fault);
    return Faults.script(faults);
  }

  static String answerOf(Way way, String model, String text) {
    return switch (way) {
      case TOOL -> "It is noon.";
      case EMBED -> "256";
      default -> "[" + model + "] " + text;
    };
  }

  private static String question(Way way, int number) {
    return way == Way.TOOL ? "What time is it?" : "question " + number;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void countsEveryRequestThatTheProviderServes(Row row) throws Exception {
    try (Turn turn = start(row, 3, everySecond(), OBSERVED)) {
      for (Way way : ways()) {
        for (int i = 0; i < 2; i++) {
          String answer = turn.ask(way.asking(question(way, i)));
          if (!answer.startsWith("threw")) { // not every library retries a stream
            assertThat(answer).isEqualTo(answerOf(way, "own-model", question(way, i)));
          }
        }
      }
      turn.end();
      report().assertEquals(provider.requests());
      assertThat(provider.requests()).hasSizeGreaterThan(2 * ways().size());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void routesAndRetries(Row row) throws Exception {
    try (Turn turn = start(row, 0, everySecond(), ENFORCED)) {
      for (Way way : ways()) {
        String model = way == Way.EMBED ? "own-model" : "cheap-model";
        for (int i = 0; i < 2; i++) {
          assertThat(turn.ask(way.asking(question(way, i))))
              .as(way + " " + i)
              .isEqualTo(answerOf(way, model, question(way, i)));
        }
      }
      turn.end();
      report().assertEquals(provider.requests());
      assertThat(chats()).extracting(LoggedRequest::model).containsOnly("cheap-model");
    }
  }

  private List<LoggedRequest> chats() {
    return provider.requests().stream()
        .filter(request -> !request.path().toLowerCase(Locale.ROOT).contains("embed"))
        .toList();
  }

  /** Returns whether requests of the library can be given instructions. */
  boolean takesInstructions() {
    return false;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void givesExperienceToTheModel(Row row) throws Exception {
    assumeTrue(takesInstructions(), "requests are sent without instructions");
    String yaml =
        """
        mode: enforce
        memory: {long-term: {store: in-process}}
        agents:
          - match: com.acme.library.*Desk#*
            name: desk
            experience: {}
        """;
    try (Turn turn = start(row, 0, Faults.none(), yaml)) {
      String first = "where is the red parcel";
      assertThat(turn.ask(Way.CHAT.asking(first))).endsWith(first);
      assertThat(turn.ask(Way.CHAT.asking("where is the blue parcel"))).endsWith("blue parcel");
      turn.end();
    }
    assertThat(asked).hasSize(2);
    assertThat(systemText(asked.get(0))).isEmpty();
    assertThat(systemText(asked.get(1)))
        .contains("Experience with similar tasks:")
        .contains("Worked before. Task: where is the red parcel");
  }

  private static String systemText(ModelRequest request) {
    return request.messages().stream()
        .filter(message -> message.role().equals("system"))
        .map(ModelRequest.Message::text)
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersRepeatedQuestionsFromTheCache(Row row) throws Exception {
    Set<Way> cached = cached();
    cached.retainAll(ways());
    assumeTrue(!cached.isEmpty(), "nothing to cache");
    String yaml = "{mode: enforce, models: {cache: {ttl: 1h}}}";
    try (Turn turn = start(row, 0, Faults.none(), yaml)) {
      int asked = 0;
      for (Way way : cached) {
        String first = turn.ask(way.asking("question"));
        assertThat(first).isEqualTo(answerOf(way, "own-model", "question"));
        assertThat(turn.ask(way.asking("question"))).isEqualTo(first);
        asked++;
      }
      turn.end();
      assertThat(provider.requests()).hasSizeLessThanOrEqualTo(asked);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void opensTheBreakerAndFallsBack(Row row) throws Exception {
    String yaml =
        """
        mode: enforce
        models:
          circuit-breaker: {minimum-number-of-calls: 2, sliding-window-size: 4}
          fallback: {answer: "Ask again later."}
        """;
    try (Turn turn = start(row, 0, Faults.rate(1), yaml)) {
      for (Way way : ways()) {
        if (way == Way.EMBED) {
          continue;
        }
        for (int i = 0; i < 4; i++) {
          assertThat(turn.ask(way.asking(question(way, i)))).isEqualTo("Ask again later.");
        }
      }
      turn.end();
      assertThat(report().json().path("breaker").path("refused").asInt()).isPositive();
      report().assertEquals(provider.requests());
    }
  }

  /** Returns whether the library itself runs the tools. */
  boolean runsTools() {
    return false;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void repeatsNoSideEffectWhenALaterTurnFails(Row row) throws Exception {
    assumeTrue(runsTools(), "the application runs its tools itself");
    String yaml =
        """
        mode: enforce
        agents:
          - match: com.acme.library.*Desk#tool
            name: desk
            retry: {max-attempts: 3, wait-duration: 0s}
        tools:
          - {match: time, effect: side-effect}
        """;
    Faults onTurnTwo = Faults.script(Fault.OK, Fault.STATUS_500, Fault.OK, Fault.OK);
    try (Turn turn = start(row, 0, onTurnTwo, yaml)) {
      assertThat(turn.ask("tool What time is it?")).isEqualTo("It is noon.");
      assertThat(turn.ask("tool-runs ")).isEqualTo("1");
      turn.end();
      assertThat(provider.requests()).hasSize(4);
    }
  }

  @Order(LATE)
  @ParameterizedTest
  @MethodSource("rows")
  void endsACallAtItsTimeLimit(Row row) throws Exception {
    String yaml = "{mode: enforce, models: {time-limit: {timeout-duration: 300ms}}}";
    try (Turn turn = start(row, 0, every(Fault.STALL), yaml)) {
      for (Way way : ways()) {
        assertThat(turn.ask(way.asking(question(way, 0)))).contains("TimeLimitExceeded");
      }
      turn.end();
    }
  }

  private static final String BOUNDED =
      "{mode: enforce, models: {time-limit: {timeout-duration: 500ms}}}";

  /** A busy machine may need many calls before a request is sent in time. */
  private static final int MOST_TRIES = 100;

  /** Calls until a request was sent: the first call may spend its time loading classes. */
  private int askUntilStalled(Turn turn, Way way) throws Exception {
    int before = provider.requests().size();
    int asked = 0;
    while (provider.requests().size() == before && asked < MOST_TRIES) {
      assertThat(turn.ask(way.asking(question(way, asked++))))
          .as("%s", way)
          .contains("TimeLimitExceeded");
    }
    assertThat(provider.requests()).as("%s", way).hasSizeGreaterThan(before);
    return asked;
  }

  @Order(LATE)
  @ParameterizedTest
  @MethodSource("rows")
  void endsAStreamThatStalls(Row row) throws Exception {
    try (Turn turn = start(row, 0, every(Fault.STALL_STREAM), BOUNDED)) {
      int asked = 0;
      for (Way way : ways()) {
        asked += askUntilStalled(turn, way);
      }
      turn.end();
      report().assertTimedOut(asked);
    }
  }

  @Order(LATE)
  @ParameterizedTest
  @MethodSource("rows")
  void endsTheRequestThatStalls(Row row) throws Exception {
    try (Turn turn = start(row, 0, every(Fault.STALL_STREAM), BOUNDED)) {
      for (Way way : ways()) {
        askUntilStalled(turn, way);
        long deadline = System.nanoTime() + LONGEST.dividedBy(3).toNanos();
        while (isHeld() && System.nanoTime() < deadline) {
          Thread.sleep(20);
        }
        assertThat(isHeld()).as("%s: the provider still serves a request", way).isFalse();
      }
      turn.end();
    }
  }

  private boolean isHeld() {
    return provider.requests().stream().anyMatch(request -> request.status() == 0);
  }
}
