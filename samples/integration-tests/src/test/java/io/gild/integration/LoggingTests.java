package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.javaagent.Attach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids of calls in the log lines of applications that know nothing of Gild. */
class LoggingTests {

  private static final String GOVERNED =
      """
      agents:
        - match: "*App$Desk#answer"
          name: "help\\r\\n\\e[31m desk"
      """;

  /** Carriage return, line feed and escape are gone. */
  private static final String AGENT = "help[31m desk";

  /** Log4j 1 prints {@code {key,value}}, all others {@code key=value, }. */
  private static final Pattern PAIR =
      Pattern.compile("(own|trace_id|span_id|gild\\.[a-z]+)[=,]([^,{}]*)");

  static Stream<Arguments> applications() {
    List<LoggingApplication> all =
        List.of(
            LoggingApplication.logback("1.0.13"),
            LoggingApplication.logback("1.2.13"),
            LoggingApplication.logback("1.5.21"),
            LoggingApplication.logback("1.6.6"),
            LoggingApplication.log4jTwo("2.7"),
            LoggingApplication.log4jTwo("2.17.2"),
            LoggingApplication.log4jTwo("2.25.3"),
            LoggingApplication.log4jOne("log4j:log4j:1.2.17"),
            LoggingApplication.log4jOne("ch.qos.reload4j:reload4j:1.2.26"),
            LoggingApplication.jboss("2.1.19.Final"),
            LoggingApplication.jboss("3.1.2.Final"));
    return Jdk.all().stream().flatMap(jdk -> all.stream().map(each -> Arguments.of(jdk, each)));
  }

  @ParameterizedTest
  @MethodSource("applications")
  void addsTheIdsOfTheCallToEachLine(Jdk jdk, LoggingApplication application) throws Exception {
    try (Child child = application.on(jdk).agent("config=" + ConfigFile.of(GOVERNED)).start()) {
      List<String> lines = lines(child);
      assertThat(line(lines, "outside")).startsWith("outside||hosts||mine|");
      assertThat(line(lines, "before")).startsWith("before|" + AGENT + "|hosts|1|mine|");
      assertThat(line(lines, "pooled")).startsWith("pooled|" + AGENT + "|").contains("|1|");
      assertThat(line(lines, "after")).startsWith("after||hosts||mine|");
      assertThat(all(line(lines, "before")))
          .containsEntry("gild.agent", AGENT)
          .containsEntry("gild.call", "1")
          .containsEntry("gild.method", "hosts")
          .containsEntry("own", "mine");
      assertThat(all(line(lines, "after"))).containsOnlyKeys("gild.method", "own");
      assertThat(line(lines, "mdc {gild.method=hosts, own=mine}")).isNotEmpty();
      assertThat(lines).noneMatch(each -> each.contains("a prompt"));
      assertThat(child.end()).containsExactly("[gild] declared 1, woven 1");
    }
  }

  @ParameterizedTest
  @MethodSource("applications")
  void addsNothingIfItIsSwitchedOff(Jdk jdk, LoggingApplication application) throws Exception {
    String off = GOVERNED + "observability:\n  log-context: false\n";
    try (Child child = application.on(jdk).agent("config=" + ConfigFile.of(off)).start()) {
      List<String> lines = lines(child);
      assertThat(line(lines, "before")).startsWith("before||hosts||mine|");
      assertThat(lines).noneMatch(each -> each.contains("gild.agent"));
    }
  }

  static Stream<Arguments> besideOpenTelemetry() {
    List<LoggingApplication> all =
        List.of(
            LoggingApplication.logback("1.2.13"),
            LoggingApplication.logback("1.6.6"),
            LoggingApplication.log4jTwo("2.7"),
            LoggingApplication.log4jTwo("2.25.3"),
            LoggingApplication.log4jOne("ch.qos.reload4j:reload4j:1.2.26"),
            LoggingApplication.jboss("3.1.2.Final"));
    return Stream.of(true, false)
        .flatMap(gildFirst -> all.stream().map(each -> Arguments.of(gildFirst, each)));
  }

  @ParameterizedTest
  @MethodSource("besideOpenTelemetry")
  void leavesTraceAndSpanToTheOtherAgent(boolean gildFirst, LoggingApplication application)
      throws Exception {
    String other =
        "-javaagent:"
            + ClassPaths.of(
                List.of(
                    "io.opentelemetry.javaagent:opentelemetry-javaagent:"
                        + System.getProperty("opentelemetry-javaagent.version")));
    String gild = "config=" + ConfigFile.of(GOVERNED);
    Child.Builder builder = application.on(Jdk.own());
    builder = gildFirst ? builder.agent(gild).flags(other) : builder.flags(other).agent(gild);
    try (Child child =
        builder
            .flags(
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Dotel.javaagent.logging=none")
            .start()) {
      List<String> lines = lines(child);
      String before = line(lines, "before");
      assertThat(before).startsWith("before|" + AGENT + "|hosts|1|mine|");
      assertThat(line(lines, "after")).doesNotContain("gild.agent");
      // With Log4j 1.2, the other agent answers only the single keys that a layout names.
      if (!application.source().equals("Log4jOneApp")) {
        assertThat(all(before).get("trace_id")).matches("[0-9a-f]{32}");
        assertThat(all(before).get("span_id")).matches("[0-9a-f]{16}");
      }
      assertThat(all(before)).containsEntry("own", "mine").containsEntry("gild.call", "1");
    }
  }

  @ParameterizedTest
  @MethodSource("applications")
  void comesAndGoesWithTheAgent(Jdk jdk, LoggingApplication application) throws Exception {
    try (Child child = application.on(jdk).flags("-XX:+EnableDynamicAgentLoading").start()) {
      assertThat(line(lines(child), "before")).startsWith("before||hosts||mine|");

      Attach.attach(child.pid(), "config=" + ConfigFile.of(GOVERNED));
      assertThat(line(lines(child), "before")).startsWith("before|" + AGENT + "|hosts|1|mine|");
      assertThat(line(lines(child), "before")).startsWith("before|" + AGENT + "|hosts|2|mine|");

      Attach.attach(child.pid(), "detach");
      List<String> after = lines(child);
      assertThat(line(after, "before")).startsWith("before||hosts||mine|");
      assertThat(after).noneMatch(each -> each.contains("gild.agent"));
    }
  }

  @Test
  void leavesMessagesOfJavaUtilLoggingAloneByDefault() throws Exception {
    for (Jdk jdk : Jdk.all()) {
      try (Child child =
          LoggingApplication.javaUtilLogging()
              .on(jdk)
              .agent("config=" + ConfigFile.of(GOVERNED))
              .start()) {
        assertThat(lines(child)).containsExactly("outside", "before", "pooled", "after");
      }
    }
  }

  @Test
  void appendsTheIdsToMessagesOfJavaUtilLoggingOnRequest() throws Exception {
    String on = GOVERNED + "observability:\n  log-context-jul: true\n";
    String ids = " [gild.agent=" + AGENT + " gild.method=answer gild.call=1]";
    for (Jdk jdk : Jdk.all()) {
      try (Child child =
          LoggingApplication.javaUtilLogging()
              .on(jdk)
              .agent("config=" + ConfigFile.of(on))
              .start()) {
        assertThat(lines(child))
            .containsExactly("outside", "before" + ids, "pooled" + ids, "after");
      }
    }
  }

  static List<String> lines(Child child) throws Exception {
    List<String> lines = new ArrayList<>();
    child.say("round");
    String line = child.hear();
    while (line != null && !line.startsWith("end")) {
      lines.add(line);
      line = child.hear();
    }
    assertThat(line).as("the end of %s", lines).isNotNull();
    return lines;
  }

  static String line(List<String> lines, String message) {
    return lines.stream().filter(each -> each.startsWith(message + "|")).findFirst().orElse("");
  }

  /** Reads the whole MDC at the end of a line, as each library prints it. */
  static Map<String, String> all(String line) {
    Map<String, String> pairs = new TreeMap<>();
    Matcher matcher = PAIR.matcher(line.substring(line.lastIndexOf('|') + 1));
    while (matcher.find()) {
      pairs.put(matcher.group(1), matcher.group(2));
    }
    return pairs;
  }
}
