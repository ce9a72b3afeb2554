package io.gild.spring;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Gild's health for Spring Boot 4: up, unless open breakers shall make it down. */
final class ContributedHealthIndicator implements HealthIndicator {

  private final boolean downOnOpenBreaker;

  ContributedHealthIndicator(boolean downOnOpenBreaker) {
    this.downOnOpenBreaker = downOnOpenBreaker;
  }

  @Override
  public Health health() {
    RuntimeReport.Summary summary = RuntimeReport.summary();
    boolean down = downOnOpenBreaker && summary.openBreakers() > 0;
    return (down ? Health.down() : Health.up()).withDetails(summary.details()).build();
  }
}
