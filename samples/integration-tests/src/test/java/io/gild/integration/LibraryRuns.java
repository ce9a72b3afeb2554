package io.gild.integration;

import com.acme.library.Desk;
import com.acme.library.LibraryMain;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import io.gild.testkit.ModelRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs a desk on versions of its library, each in its own JVMs, against a real server. Tests whose
 * rules weave the same methods take turns in one JVM; tests that need flags, or check the end of
 * the JVM, have their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LibraryRuns {

  /**
   * A version of the library in a JVM.
   *
   * @param version name of the version
   * @param coordinates the dependencies of the application
   * @param jdk runs it
   */
  record Row(String version, List<String> coordinates, Jdk jdk) {

    @Override
    public String toString() {
      return version + " on " + jdk;
    }
  }

  /** Longer than any wait: a call that ends earlier was ended by Gild. */
  static final Duration LONGEST = Duration.ofMinutes(30);

  static final String OBSERVED =
      """
      mode: observe
      agents:
        - match: com.acme.library.*Desk#*
          name: desk
      """;

  /** What models were asked in the present test. */
  final List<ModelRequest> asked = new CopyOnWriteArrayList<>();

  /** Serves the present test's child. */
  ModelProvider provider;

  private static final Pattern MATCH = Pattern.compile("match: *[^,\\s]+");

  /** Children that wait for their next turns; the woven methods are fixed when a child starts. */
  private final Map<List<Object>, Child> children = new HashMap<>();

  /** The counts of the current child. */
  private Report report;

  Report report() {
    return report;
  }

  /** Returns the application's agent. */
  abstract Class<? extends Desk> desk();

  /** Returns coordinates of the oldest and of the newest supported version. */
  abstract List<List<String>> versions();

  /** Returns the address where the provider speaks the library's protocol. */
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

  /** Begins a turn in a child that was woven by the same rules. */
  final Turn start(Row row, int retries, Faults faults, String yaml) throws Exception {
    serve(faults);
    List<Object> key =
        List.of(row, MATCH.matcher(yaml).results().map(MatchResult::group).sorted().toList());
    Consumer<Child> next = child -> children.put(key, child);
    Path settings = ConfigFile.of(yaml);
    Child idle = children.remove(key);
    Turn turn =
        idle == null
            ? Turn.first(child(row, retries, settings).start(), next)
            : Turn.later(idle, settings, url(provider), retries, next);
    report = turn.report();
    return turn;
  }

  /** Starts a child for one test, which also checks its end. */
  final Child startAlone(Row row, int retries, Faults faults, String yaml, String... flags)
      throws Exception {
    serve(faults);
    report = Report.create();
    return child(row, retries, ConfigFile.of(yaml)).flags(report.flag()).flags(flags).start();
  }

  private void serve(Faults faults) {
    stop();
    asked.clear();
    provider =
        ModelProvider.builder()
            .retryAfter(Duration.ZERO)
            .answers(this::answered)
            .faults(faults)
            .stallFor(LONGEST)
            .start();
  }

  private Child.Builder child(Row row, int retries, Path settings) {
    return Child.on(row.jdk())
        .classPath(ClassPaths.of(row.coordinates()))
        .main(LibraryMain.class, desk().getName())
        .flags("-Dretries=" + retries, "-Dtrace=" + Boolean.getBoolean("trace"))
        .agent("config=" + settings)
        .provider(url(provider));
  }

  private ModelAnswer answered(ModelRequest request) {
    asked.add(request);
    return answer(request);
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

  @AfterAll
  void end() throws Exception {
    for (Child child : children.values()) {
      try (child) {
        child.end();
      }
    }
  }

  /** Every second request fails, and the library retries by itself. */
  static Faults everySecond() {
    Fault[] faults = new Fault[60];
    for (int i = 0; i < faults.length; i++) {
      faults[i] = i % 2 == 0 ? Fault.STATUS_500 : Fault.OK;
    }
    return Faults.script(faults);
  }
}
