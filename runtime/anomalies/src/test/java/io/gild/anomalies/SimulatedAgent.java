package io.gild.anomalies;

import io.gild.core.MethodSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An agent whose calls are samples of known distributions, and which may get a fault. */
final class SimulatedAgent implements MethodWatch.Reporter {

  /** What becomes of it. */
  enum Fault {
    NONE,
    OUTAGE,
    SLOWER,
    DEARER,
    MORE_TOKENS,
    REFUSALS,
    TOOL_ERRORS
  }

  private static final AnomalyPolicy POLICY = new AnomalyPolicy(1, 100, Duration.ofHours(24));

  private final MethodWatch watch =
      new MethodWatch(MethodSpec.of("support", "com.acme.Support", "answer", "()V"), POLICY, 0);
  private final Random random;
  private final double perSecond;
  private double seconds;
  final List<AnomalyFlag> raised = new ArrayList<>();
  final List<AnomalyFlag> recovered = new ArrayList<>();
  final List<AnomalyFlag> adopted = new ArrayList<>();

  SimulatedAgent(long seed, double perSecond) {
    this.random = new Random(seed);
    this.perSecond = perSecond;
  }

  @Override
  public void raised(MethodSpec method, AnomalyFlag flag) {
    raised.add(flag);
  }

  @Override
  public void ended(MethodSpec method, AnomalyFlag flag, boolean asUsual) {
    (asUsual ? adopted : recovered).add(flag);
  }

  MethodWatch watch() {
    return watch;
  }

  /** Makes calls for some time. */
  void run(double duration, Fault fault) {
    for (double end = seconds + duration; seconds < end; ) {
      call(fault);
    }
  }

  /** Makes calls until a flag is raised, at most so many; returns how many. */
  int runUntilRaised(int most, Fault fault) {
    int before = raised.size();
    for (int i = 1; i <= most; i++) {
      call(fault);
      if (raised.size() > before) {
        return i;
      }
    }
    return most + 1;
  }

  private void call(Fault fault) {
    seconds += -Math.log(1 - random.nextDouble()) / perSecond;
    boolean toolFails = random.nextDouble() < (fault == Fault.TOOL_ERRORS ? 0.5 : 0.02);
    sample(toolFails ? MethodWatch.TOOL_FAILED : MethodWatch.TOOL_RAN);
    if (random.nextDouble() < (fault == Fault.OUTAGE ? 1 : 0.01)) {
      sample(MethodWatch.FAILED);
      return;
    }
    boolean refuses = random.nextDouble() < (fault == Fault.REFUSALS ? 0.5 : 0.005);
    sample(refuses ? MethodWatch.REFUSED : MethodWatch.ANSWERED);
    double more = fault == Fault.MORE_TOKENS ? 2 : 1;
    double input = 600 * more * spread(0.4);
    double output = 200 * more * spread(0.5);
    double usd = (input * 1e-6 + output * 4e-6) * (fault == Fault.DEARER ? 2 : 1);
    double time = 1.5 * spread(0.35) * (fault == Fault.SLOWER ? 1.3 : 1);
    accept(MethodWatch.SUCCEEDED, time, usd, input + output);
  }

  private double spread(double sigma) {
    return Math.exp(sigma * random.nextGaussian());
  }

  private void sample(int kind) {
    accept(kind, Double.NaN, Double.NaN, Double.NaN);
  }

  private void accept(int kind, double time, double usd, double tokens) {
    long nanos = (long) (seconds * 1e9);
    watch.accept(
        kind,
        (float) time,
        (float) usd,
        (float) tokens,
        nanos,
        Instant.EPOCH.plusNanos(nanos),
        this);
  }
}
