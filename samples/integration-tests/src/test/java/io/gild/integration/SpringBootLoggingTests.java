package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.integration.MavenBuild.Outcome;
import io.gild.testkit.ModelProvider;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids of calls in the log lines of Spring Boot, with the Logback that it configures. */
class SpringBootLoggingTests {

  private static final String AGENTS =
      """
      mode: observe
      agents:
        - match: com.acme.support.SupportAgent#*
          name: support
      """;

  private static final Pattern QUESTION = Pattern.compile("A customer has a question");

  private static final String DESK =
      """
        public String answer(@Prompt String question) {
          org.slf4j.LoggerFactory.getLogger(Desk.class).info("A customer has a question");
      """;

  /** The ids of a line; empty where there is none. */
  private record Ids(String agent, String call, String trace, String span) {

    static Ids ofText(String line) {
      Matcher ids = Pattern.compile("\\[(\\S*) (\\S*) (\\S*) (\\S*)\\] com\\.acme").matcher(line);
      assertThat(ids.find()).as(line).isTrue();
      return new Ids(ids.group(1), ids.group(2), ids.group(3), ids.group(4));
    }

    static Ids ofEcs(String line) {
      Map<?, ?> json = (Map<?, ?>) Json.read(line);
      Map<?, ?> gild = (Map<?, ?>) json.get("gild");
      return of(gild.get("agent"), gild.get("call"), json);
    }

    static Ids ofLogstash(String line) {
      Map<?, ?> json = (Map<?, ?>) Json.read(line);
      return of(json.get("gild.agent"), json.get("gild.call"), json);
    }

    private static Ids of(Object agent, Object call, Map<?, ?> json) {
      return new Ids(
          String.valueOf(agent),
          String.valueOf(call),
          json.containsKey("trace_id") ? String.valueOf(json.get("trace_id")) : "",
          json.containsKey("span_id") ? String.valueOf(json.get("span_id")) : "");
    }
  }

  /** How Spring Boot writes lines. */
  enum Format {
    CORRELATION(
        "logging.pattern.correlation="
            + "[%X{gild.agent:-} %X{gild.call:-} %X{trace_id:-} %X{span_id:-}] ",
        Ids::ofText),
    ECS("logging.structured.format.console=ecs", Ids::ofEcs),
    LOGSTASH("logging.structured.format.console=logstash", Ids::ofLogstash);

    private final String property;
    private final Function<String, Ids> reader;

    Format(String property, Function<String, Ids> reader) {
      this.property = property;
      this.reader = reader;
    }
  }

  @TempDir private Path folder;

  /** Each start takes its time: every format once, and one of them on every JDK. */
  static Stream<Arguments> formats() {
    return Stream.concat(
        Stream.of(Format.CORRELATION, Format.LOGSTASH)
            .map(format -> Arguments.of(Jdk.own(), format)),
        Jdk.all().stream().map(jdk -> Arguments.of(jdk, Format.ECS)));
  }

  private static SpringBoot start(
      Jdk jdk, Format format, ModelProvider provider, Traces traces, String... agents)
      throws Exception {
    List<String> flags = new ArrayList<>(List.of(agents));
    flags.add("-Dotel.exporter.otlp.endpoint=" + traces.endpoint());
    flags.add("-Dotel.metrics.exporter=none");
    flags.add("-Dotel.logs.exporter=none");
    return SpringBoot.start(jdk, provider.openAiBaseUrl(), flags, "--" + format.property);
  }

  private static String gild() throws Exception {
    return "-javaagent:" + Child.agentJar() + "=config=" + ConfigFile.of(AGENTS);
  }

  private static String openTelemetry() {
    return "-javaagent:"
        + ClassPaths.of(
            List.of(
                "io.opentelemetry.javaagent:opentelemetry-javaagent:"
                    + System.getProperty("opentelemetry-javaagent.version")));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void hasTheIdsOfTheCallAndOfTheExportedSpan(Jdk jdk, Format format) throws Exception {
    try (Traces traces = Traces.receive();
        ModelProvider provider = ModelProvider.builder().start();
        SpringBoot application = start(jdk, format, provider, traces, gild())) {
      application.ask("answer", "one");
      Ids ids = format.reader.apply(application.awaitLine(QUESTION));
      application.end();

      assertThat(traces.named("invoke_agent support"))
          .singleElement()
          .satisfies(
              span -> assertThat(ids).isEqualTo(new Ids("support", "1", span.trace(), span.id())));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"CORRELATION", "ECS"})
  void hasTheIdsBesideOpenTelemetrysAgent(Format format) throws Exception {
    String[] agents =
        format == Format.ECS
            ? new String[] {openTelemetry(), gild()}
            : new String[] {gild(), openTelemetry()};
    try (Traces traces = Traces.receive();
        ModelProvider provider = ModelProvider.builder().start();
        SpringBoot application = start(Jdk.own(), format, provider, traces, agents)) {
      application.ask("answer", "one");
      Ids ids = format.reader.apply(application.awaitLine(QUESTION));
      application.end();

      assertThat(traces.named("invoke_agent support"))
          .singleElement()
          .satisfies(
              span -> assertThat(ids).isEqualTo(new Ids("support", "1", span.trace(), span.id())));
    }
  }

  /** The application of the documentation, whose build weaves its bean, without a javaagent. */
  @Test
  void hasTheIdsWithoutAJavaagent() throws Exception {
    MavenBuild project =
        SetupPages.project(
            "spring.md",
            "## 3. The goal weave",
            folder,
            "org.springframework.boot:spring-boot-starter:4.0.0",
            "io.gild:gild-observability:" + MavenBuild.VERSION,
            "io.opentelemetry:opentelemetry-api:" + System.getProperty("opentelemetry.version"));
    project.replace(
        "src/main/java/com/acme/Desk.java",
        "  public String answer(@Prompt String question) {\n",
        DESK);
    Outcome built =
        project.run(
            "package",
            "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
            "-Dmdep.outputFile=class-path.txt");
    assertThat(built.status()).as(built.log()).isZero();
    String classPath =
        project.file("target/classes")
            + File.pathSeparator
            + project.text("class-path.txt").strip();

    for (Format format : Format.values()) {
      boolean traced = format == Format.ECS;
      Ids ids = ofApplication(project, classPath, format, traced);
      assertThat(ids.agent()).isEqualTo("desk");
      assertThat(ids.call()).isEqualTo("1");
      assertThat(ids.trace()).matches(traced ? "[0-9a-f]{32}" : "");
      assertThat(ids.span()).matches(traced ? "[0-9a-f]{16}" : "");
    }
  }

  /** Runs the application, with OpenTelemetry's agent if it is traced. */
  private static Ids ofApplication(
      MavenBuild project, String classPath, Format format, boolean traced) throws Exception {
    List<String> command = new ArrayList<>(List.of(Jdk.own().java(), "-cp", classPath));
    command.add("-Dotel.traces.exporter=none");
    command.add("-Dotel.metrics.exporter=none");
    command.add("-Dotel.logs.exporter=none");
    if (traced) {
      command.add(openTelemetry());
    }
    command.add("com.acme.Application");
    command.add("--" + format.property);
    Outcome ran = MavenBuild.finish(command, project.file(""), Map.of());
    return ran.log()
        .lines()
        .filter(line -> QUESTION.matcher(line).find())
        .findFirst()
        .map(format.reader)
        .orElseThrow(() -> new AssertionError(ran.log()));
  }
}
