package io.gild.smoke;

import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeTest;
import java.util.List;

/** Sends a message through the broker that the settings name. */
final class QueueStep implements SmokeStep {

  @Override
  public SmokeFinding run(SmokeScope scope) throws InterruptedException {
    List<SmokeFinding> findings = PartProbes.run(SmokeTest.QUEUE, scope);
    return findings.isEmpty()
        ? SmokeFinding.notApplicable("no module on the class path can test a broker")
        : SmokeFinding.all(findings);
  }
}
