package io.gild.spring;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Gild's health for Spring Boot 3: up, unless open breakers shall make it down. */
final class ActuateHealthIndicator implements HealthIndicator {

  private final boolean downOnOpenBreaker;

  ActuateHealthIndicator(boolean downOnOpenBreaker) {
    this.downOnOpenBreaker = downOnOpenBreaker;
  }

  @Override
  public Health health() {
    RuntimeReport.Summary summary = RuntimeReport.summary();
    boolean down = downOnOpenBreaker && summary.openBreakers() > 0;
    return (down ? Health.down() : Health.up()).withDetails(summary.details()).build();
  }
}
