package io.gild.smoke;

import io.gild.smoke.spi.ProbeScope;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeProbe;
import io.gild.smoke.spi.SmokeTest;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Runs the probes of other modules. */
final class PartProbes {

  private PartProbes() {}

  /**
   * Runs the probes of a test; one that throws has failed.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  static List<SmokeFinding> run(SmokeTest test, SmokeScope scope) throws InterruptedException {
    List<SmokeFinding> findings = new ArrayList<>();
    if (!scope.hasProbes()) {
      return findings;
    }
    ProbeScope known = new ProbeScope(scope.settings(), scope.url(), scope.timeout());
    ClassLoader loader = PartProbes.class.getClassLoader();
    for (SmokeProbe each : ServiceLoader.load(SmokeProbe.class, loader)) {
      if (each.test() == test) {
        findings.add(run(each, known));
      }
    }
    return findings;
  }

  private static SmokeFinding run(SmokeProbe probe, ProbeScope scope) throws InterruptedException {
    try {
      return probe.run(scope);
    } catch (InterruptedException late) {
      throw late;
    } catch (Exception | LinkageError failure) {
      String message = failure.getMessage();
      return SmokeFinding.failed(
          message == null || message.isBlank() ? failure.toString() : message);
    }
  }
}
