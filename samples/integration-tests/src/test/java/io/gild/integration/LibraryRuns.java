package io.gild.integration;

import com.acme.library.Desk;
import com.acme.library.LibraryMain;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Runs a desk on versions of its library, each in a JVM of its own, against a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LibraryRuns {

  /**
   * A version of the library in a JVM.
   *
   * @param version name of the version
   * @param coordinates what the application depends upon
   * @param jdk runs it
   */
  record Row(String version, List<String> coordinates, Jdk jdk) {

    @Override
    public String toString() {
      return version + " on " + jdk;
    }
  }

  /** Longer than any wait: what is over before that is not over by itself. */
  static final Duration LONGEST = Duration.ofMinutes(30);

  static final String OBSERVED =
      """
      mode: observe
      agents:
        - match: com.acme.library.*Desk#*
          name: desk
      """;

  /** Serves the present test's child. */
  ModelProvider provider;

  /** What the present child leaves behind. */
  private Report report;

  Report report() {
    return report;
  }

  /** Returns the application's agent. */
  abstract Class<? extends Desk> desk();

  /** Returns coordinates of the oldest and of the newest supported version. */
  abstract List<List<String>> versions();

  /** Returns where the provider speaks the library's language. */
  String url(ModelProvider served) {
    return served.openAiBaseUrl();
  }

  /** Returns the oldest version on the oldest JDK, and the newest on all. */
  Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    List<String> oldest = versions().get(0);
    List<String> newest = versions().get(versions().size() - 1);
    List<Jdk> jdks = Jdk.all();
    Jdk first = Collections.min(jdks, Comparator.comparingInt(Jdk::feature));
    if (!oldest.equals(newest) && first.feature() == Jdk.OLDEST) {
      rows.add(row(oldest, first));
    }
    jdks.forEach(jdk -> rows.add(row(newest, jdk)));
    return rows.stream();
  }

  static Row row(List<String> coordinates, Jdk jdk) {
    String first = coordinates.get(0);
    return new Row(first.substring(first.indexOf(':') + 1), coordinates, jdk);
  }

  final Child start(Row row, int retries, Faults faults, String yaml, String... flags)
      throws Exception {
    provider =
        ModelProvider.builder()
            .retryAfter(Duration.ZERO)
            .answers(LibraryRuns::answer)
            .faults(faults)
            .stallFor(LONGEST)
            .start();
    report = Report.create();
    return Child.on(row.jdk())
        .classPath(ClassPaths.of(row.coordinates()))
        .main(LibraryMain.class, desk().getName())
        .flags(report.flag(), "-Dretries=" + retries, "-Dtrace=" + Boolean.getBoolean("trace"))
        .flags(flags)
        .agent("config=" + ConfigFile.of(yaml))
        .provider(url(provider))
        .start();
  }

  private static ModelAnswer answer(ModelRequest request) {
    if (request.lastText().contains("What time")) {
      return ModelAnswer.toolCall("time", "{}");
    }
    return request.lastText().contains("noon")
        ? ModelAnswer.text("It is noon.")
        : ModelAnswer.text("[" + request.model() + "] " + request.lastText());
  }

  @AfterEach
  void stop() {
    if (provider != null) {
      provider.close();
    }
  }

  /** Every second request fails, and the library tries again by itself. */
  static Faults everySecond() {
    Fault[] faults = new Fault[60];
    for (int i = 0; i < faults.length; i++) {
      faults[i] = i % 2 == 0 ? Fault.STATUS_500 : Fault.OK;
    }
    return Faults.script(faults);
  }
}
