package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.acme.child.LoadMain;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in a JVM with a small heap and much work. */
class GrowthTests {

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.child.LoadMain$Quick#*
          name: quick
          retry: {max-attempts: 3, wait-duration: 0s}
          circuit-breaker: {minimum-number-of-calls: 100}
      """;

  /** The heap that ten million calls may leave, for the JIT and timers. */
  private static final long TOLERANCE = 2_000_000;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  private static Child.Builder child(Jdk jdk, Report report) throws Exception {
    return Child.on(jdk)
        .flags("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4", report.flag())
        .agent("config=" + ConfigFile.of(GOVERNED));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void tenMillionCallsDoNotGrowTheHeap(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (Child child = child(jdk, report).main(LoadMain.class, "platform").start()) {
      long atOne = Long.parseLong(child.hear().substring("1 ".length()));
      long atTen = Long.parseLong(child.hear().substring("10 ".length()));
      assertThat(child.hear()).isEqualTo("sum " + 10 * 499_999_500_000L);
      child.end();
      assertThat(atTen - atOne).as("growth in bytes from " + atOne).isLessThan(TOLERANCE);
      assertThat(report.json().path("calls").asLong()).isEqualTo(10_000_000);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void neitherPinsNorKeepsTwoHundredThousandVirtualThreads(Jdk jdk) throws Exception {
    assumeTrue(jdk.feature() >= 21, "no virtual threads before JDK 21");
    Path recording = Files.createTempFile("pinned", ".jfr");
    Path settings = Files.createTempFile("pinned", ".jfc");
    Files.writeString(
        settings,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <configuration version="2.0">
          <event name="jdk.VirtualThreadPinned">
            <setting name="enabled">true</setting>
            <setting name="threshold">0 ms</setting>
            <setting name="stackTrace">true</setting>
          </event>
        </configuration>
        """);
    Report report = Report.create();
    try (Child child =
        child(jdk, report)
            .flags(
                "-Xlog:jfr*=off",
                "-XX:StartFlightRecording=filename=" + recording + ",settings=" + settings)
            .main(LoadMain.class, "virtual", "200000")
            .start()) {
      assertThat(child.hear()).isEqualTo("sum 19999900000");
      child.end();
      JsonNode json = report.json();
      assertThat(json.path("calls").asLong()).isEqualTo(200_001);
      assertThat(RecordingFile.readAllEvents(recording))
          .filteredOn(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
          .isEmpty();
    } finally {
      Files.delete(recording);
      Files.delete(settings);
    }
  }
}
