package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.ContextDataInjector;
import org.apache.logging.log4j.core.impl.ContextDataInjectorFactory;
import org.apache.logging.log4j.util.ReadOnlyStringMap;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogContextTests {

  private static final String SECRET = "a prompt";

  @Test
  void isEmptyOutsideOfACall() {
    assertThat(LogContext.current()).isEmpty();
  }

  @Test
  void namesTheCallInAStableOrder() throws Exception {
    Map<String, String> ids = within("", "support", SECRET, "s1", "acme");
    assertThat(ids.keySet())
        .containsExactly(LogContext.AGENT, LogContext.METHOD, LogContext.VERSION, LogContext.CALL);
    assertThat(ids)
        .containsEntry(LogContext.AGENT, "support")
        .containsEntry(LogContext.METHOD, "answer")
        .containsEntry(LogContext.VERSION, "1.2");
    assertThat(ids.get(LogContext.CALL)).matches("[1-9][0-9]*");
  }

  @Test
  void appendsTheIdsToMessagesOfJavaUtilLogging() throws Exception {
    LogContextFormatter formatter = new LogContextFormatter();
    LogRecord record = new LogRecord(Level.INFO, "looked up {0}");
    record.setParameters(new Object[] {"it"});
    assertThat(formatter.formatMessage(record)).isEqualTo("looked up it");

    List<String> seen = new ArrayList<>();
    during(() -> seen.add(formatter.format(record)), "", "support", SECRET, "s1", "acme");
    assertThat(seen.get(0))
        .containsPattern(
            "looked up it \\[gild.agent=support gild.method=answer gild.version=1.2"
                + " gild.call=[0-9]+]\\R");
  }

  @Test
  void givesTheIdsToEventsOfLog4jButNoKeyOfTheApplication() throws Exception {
    List<ReadOnlyStringMap> seen = new ArrayList<>();
    ContextDataInjector injector = ContextDataInjectorFactory.createInjector();
    Runnable log =
        () -> seen.add(injector.injectContextData(List.of(), new SortedArrayStringMap()));
    during(log, "", "support", SECRET, "s1", "acme");
    ThreadContext.put("gild.agent", "own");
    try {
      during(log, "", "support", SECRET, "s1", "acme");
    } finally {
      ThreadContext.clearAll();
    }
    log.run();

    assertThat(seen.get(0).toMap())
        .containsEntry("gild.agent", "support")
        .containsEntry("gild.method", "answer")
        .containsKey("gild.call");
    assertThat(seen.get(1).toMap())
        .containsEntry("gild.agent", "own")
        .containsEntry("gild.method", "answer");
    assertThat(seen.get(2).toMap()).isEmpty();
  }

  @Test
  void leavesTheThreadWithoutIdsAfterTheCall() throws Exception {
    within("", "support", SECRET, "s1", "acme");
    assertThat(LogContext.current()).isEmpty();
  }

  @Test
  void namesSessionAndTenantOnRequestOnly() throws Exception {
    String both = "observability: {log-context-session: true, log-context-tenant: true}";
    assertThat(within(both, "support", SECRET, "s1", "acme"))
        .containsEntry(LogContext.SESSION, "s1")
        .containsEntry(LogContext.TENANT, "acme");
    assertThat(within(both, "support", SECRET, null, ""))
        .doesNotContainKeys(LogContext.SESSION, LogContext.TENANT);
  }

  @Test
  void leavesOutASessionWhoseTextMayHoldMoreThanAnId() throws Exception {
    String session = "observability: {log-context-session: true}";
    assertThat(within(session, "support", SECRET, List.of(SECRET), "acme"))
        .doesNotContainKey(LogContext.SESSION);
  }

  @Test
  void isEmptyIfItIsSwitchedOff() throws Exception {
    assertThat(within("observability: {log-context: false}", "support", SECRET, "s1", "acme"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nb",
        "a\u001bb",
        "a\u0000b",
        "a\u007fb",
        "a\u0085b",
        "a\u2028b",
        "a\u202eb",
        "a\u200bb",
        "a\ud800b",
        "\tab\t"
      })
  void removesCharactersThatForgeLinesOrHideText(String hostile) {
    assertThat(LogContext.clean(hostile)).isEqualTo("ab");
  }

  @Test
  void keepsPrintableTextOfAllLanguages() {
    String text = "Größe 漢字 \ud83d\ude00";
    assertThat(LogContext.clean(text)).isEqualTo(text);
  }

  @Test
  void cutsLongValuesBetweenCharacters() {
    assertThat(LogContext.clean("x".repeat(1_000))).isEqualTo("x".repeat(128));
    assertThat(LogContext.clean("x".repeat(127) + "\ud83d\ude00")).isEqualTo("x".repeat(127));
    assertThat(LogContext.clean("\n".repeat(1_000) + "x")).isEqualTo("x");
  }

  private static Map<String, String> within(String yaml, String agent, Object... arguments)
      throws Exception {
    return during(() -> {}, yaml, agent, arguments);
  }

  private static Map<String, String> during(
      Runnable work, String yaml, String agent, Object... arguments) throws Exception {
    MethodSpec spec =
        new MethodSpec(
            CallKind.AGENT,
            agent,
            "1.2",
            "com.acme.Desk",
            "answer",
            "(Ljava/lang/String;Ljava/lang/Object;Ljava/lang/String;)Ljava/lang/String;",
            List.of(
                new Parameter("prompt", "java.lang.String", Role.PROMPT),
                new Parameter("session", "java.lang.Object", Role.SESSION),
                new Parameter("tenant", "java.lang.String", Role.TENANT)),
            Effect.NONE,
            PolicyTree.empty());
    try (GildRuntime runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("test", yaml).build())
            .discover(LogContextTests.class.getClassLoader())
            .build()) {
      Map<String, String> ids = new LinkedHashMap<>();
      AgentCall call = runtime.method(spec).begin(null, arguments);
      while (call.proceed()) {
        ids.putAll(LogContext.current());
        work.run();
        call.returned("an answer");
      }
      assertThat(ids.toString()).doesNotContain(SECRET);
      return ids;
    }
  }
}
