package io.gild.smoke;

import io.gild.config.Durations;
import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.golden.GoldenSpec;
import io.gild.operations.GoldenSettings;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the smoke tests of an application. A test that does not end in time has failed, and its
 * thread is interrupted. For one thread.
 */
@Experimental
public final class SmokeRun {

  private static final String GOLDEN = "smoke.golden";

  /** Those that need an address alone. */
  private static final Set<SmokeTest> OF_VERSIONS =
      EnumSet.of(
          SmokeTest.HEALTH, SmokeTest.AUTHENTICATION, SmokeTest.AGENT_CALL, SmokeTest.PERFORMANCE);

  private final SmokeTarget target;
  private final Set<SmokeTest> tests;
  private final SmokeScope scope;
  private final Map<SmokeTest, SmokeStep> steps = new EnumMap<>(SmokeTest.class);

  private SmokeRun(SmokeTarget target, Set<SmokeTest> tests, SmokeScope scope) {
    this.target = target;
    this.tests = tests;
    this.scope = scope;
    steps.put(SmokeTest.HEALTH, new HealthStep());
    steps.put(SmokeTest.AUTHENTICATION, new AuthenticationStep());
    steps.put(SmokeTest.AGENT_CALL, new AgentCallStep());
    steps.put(SmokeTest.STORAGE, new StorageStep());
    steps.put(SmokeTest.CACHE, new CacheStep());
    steps.put(SmokeTest.QUEUE, new QueueStep());
    steps.put(SmokeTest.PERFORMANCE, new PerformanceStep());
    steps.put(SmokeTest.TELEMETRY, new TelemetryStep());
  }

  /**
   * Prepares the tests of an application.
   *
   * @param target the application
   * @param settings its settings
   * @return the tests; nothing is asked yet
   * @throws SmokeException if the golden tasks of the settings cannot be used
   */
  public static SmokeRun of(SmokeTarget target, Settings settings) {
    SmokeSettings smoke = settings.get(SmokeSettings.SECTION);
    return of(target, settings, smoke, smoke.golden(), GOLDEN, EnumSet.allOf(SmokeTest.class));
  }

  /**
   * Prepares the tests of a version that is known by its address alone. The settings are those of
   * the rollout: what they name may belong to the other version.
   *
   * @param subject name of the golden settings, for messages
   */
  static SmokeRun ofVersion(
      URI address,
      Settings settings,
      SmokeSettings smoke,
      @Nullable GoldenSettings golden,
      String subject) {
    SmokeTarget target = new SmokeTarget(address, null, null);
    return of(target, settings, smoke, golden, subject, OF_VERSIONS);
  }

  private static SmokeRun of(
      SmokeTarget target,
      Settings settings,
      SmokeSettings smoke,
      @Nullable GoldenSettings golden,
      String subject,
      Set<SmokeTest> tests) {
    HttpCaller http = new HttpCaller();
    ControlPoint point = target.control();
    SmokeAgent agent =
        golden == null || target.url() == null
            ? null
            : agent(http, target.url(), smoke, golden, subject);
    return new SmokeRun(
        target,
        tests,
        new SmokeScope(
            settings,
            smoke,
            target.url(),
            target.data(),
            http,
            point == null ? null : new ControlCaller(http, point, smoke.timeout()),
            agent,
            agent != null
                ? ""
                : golden == null
                    ? GOLDEN + " does not say how the agent is asked"
                    : "the application's own address is unknown; write smoke.url",
            !tests.equals(OF_VERSIONS)));
  }

  private static SmokeAgent agent(
      HttpCaller http, URI url, SmokeSettings smoke, GoldenSettings golden, String subject) {
    GoldenSpec task =
        TaskFiles.forSmoke(TaskFiles.read(golden.tasks(), subject + ".tasks", smoke.agent()));
    Duration timeout = task.timeout();
    return new SmokeAgent(
        Askers.of(http, url, golden, subject, smoke, "smoke"),
        task,
        timeout == null ? Objects.requireNonNull(golden.timeout()) : timeout);
  }

  /**
   * Runs all tests, one after the other.
   *
   * @return the results
   * @throws InterruptedException if the thread is interrupted
   */
  public SmokeReport report() throws InterruptedException {
    List<SmokeResult> results = new ArrayList<>();
    for (SmokeTest each : tests) {
      results.add(run(each));
    }
    return new SmokeReport(target.toString(), results);
  }

  /**
   * Runs a test.
   *
   * @param test the test
   * @return its result
   * @throws InterruptedException if the thread is interrupted
   */
  public SmokeResult run(SmokeTest test) throws InterruptedException {
    SmokeStep step = Objects.requireNonNull(steps.get(test));
    long start = System.nanoTime();
    FutureTask<SmokeFinding> running = new FutureTask<>(() -> step.run(scope));
    Thread thread = new Thread(null, running, "gild-smoke-" + test.key(), 0, false);
    thread.setDaemon(true);
    thread.start();
    SmokeFinding finding;
    try {
      finding = await(running, deadline(test));
    } finally {
      running.cancel(true);
    }
    return new SmokeResult(
        test,
        finding.outcome(),
        finding.reason(),
        Duration.ofNanos(Math.max(0, System.nanoTime() - start)));
  }

  /** Slow calls must fail by their number, not by the deadline. */
  private Duration deadline(SmokeTest test) {
    SmokeSettings.AnswerSpeed speed = scope.smoke().performance();
    return test == SmokeTest.PERFORMANCE
        ? scope.timeout().plus(speed.p95().multipliedBy(speed.calls()))
        : scope.timeout();
  }

  private static SmokeFinding await(FutureTask<SmokeFinding> running, Duration deadline)
      throws InterruptedException {
    try {
      return running.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return SmokeFinding.failed("there was no result within " + Durations.format(deadline));
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      String message = cause == null ? null : cause.getMessage();
      return SmokeFinding.failed(
          message == null || message.isBlank() ? String.valueOf(cause) : message);
    }
  }
}
