package io.gild.orchestration;

import io.gild.core.spi.Clock;
import java.util.concurrent.Executor;

/**
 * What runs need of their orchestrator.
 *
 * @param threads runs the steps
 * @param clock the time of the records
 * @param meters the meters of the workflow
 */
record RunServices(Executor threads, Clock clock, RunMeters meters) {}
