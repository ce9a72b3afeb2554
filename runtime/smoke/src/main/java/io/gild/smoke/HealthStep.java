package io.gild.smoke;

import io.gild.smoke.spi.SmokeFinding;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the application and its control endpoint whether they are there. */
final class HealthStep implements SmokeStep {

  private static final int SERVER_ERROR = 500;

  @Override
  public SmokeFinding run(SmokeScope scope) throws IOException, InterruptedException {
    List<SmokeFinding> findings = new ArrayList<>();
    if (scope.url() != null) {
      URI address = Addresses.join(scope.url(), scope.smoke().path());
      HttpCaller.Reply reply = scope.http().get(address, scope.timeout());
      String said = scope.smoke().path() + " answers " + reply.status();
      findings.add(
          reply.status() < SERVER_ERROR
              ? SmokeFinding.passed(said)
              : SmokeFinding.failed(said + ", expected a status below 500: " + reply.start()));
    }
    if (scope.control() != null) {
      findings.add(control(scope.control()));
    }
    return SmokeFinding.all(findings);
  }

  private static SmokeFinding control(ControlCaller control)
      throws IOException, InterruptedException {
    Map<?, ?> health = control.object(control.ask("/v1/health", null));
    Object status = health.get("status");
    if (!"UP".equals(status)) {
      return SmokeFinding.failed("the control endpoint has the status " + status + ", expected UP");
    }
    long expected = control.point().pid();
    return expected == 0 || health.get("pid") instanceof Number pid && pid.longValue() == expected
        ? SmokeFinding.passed("process " + health.get("pid") + " is up")
        : SmokeFinding.failed(
            control.point().url()
                + " is of process "
                + health.get("pid")
                + ", expected process "
                + expected);
  }
}
