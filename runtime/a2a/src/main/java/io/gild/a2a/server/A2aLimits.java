package io.gild.a2a.server;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * What clients and agents may use up.
 *
 * @param maxBodyBytes the longest request; 1 or more
 * @param maxConnections the most connections in use, by a request or a stream; 1 or more
 * @param maxStreamBytes the most bytes that wait for the reader of a stream before it is
 *     disconnected; 1 or more
 * @param maxRunning how many messages agents work on at a time; 1 or more
 * @param maxTasks the most tasks that are kept; 1 or more
 * @param runTime how long an agent may work on a message; above zero
 * @param repeatWindow how long a message is remembered, so that the same one sent again gets the
 *     task of the first; zero for not at all
 */
@Experimental
public record A2aLimits(
    int maxBodyBytes,
    int maxConnections,
    int maxStreamBytes,
    int maxRunning,
    int maxTasks,
    Duration runTime,
    Duration repeatWindow) {

  private static final A2aLimits DEFAULTS =
      new A2aLimits(
          32 * 1_024 * 1_024,
          10_000,
          1_024 * 1_024,
          1_000,
          10_000,
          Duration.ofMinutes(30),
          Duration.ofMinutes(5));

  /** Checks the values. */
  public A2aLimits {
    Require.atLeast(1, maxBodyBytes, "max-body-bytes");
    Require.atLeast(1, maxConnections, "max-connections");
    Require.atLeast(1, maxStreamBytes, "max-stream-bytes");
    Require.atLeast(1, maxRunning, "max-running");
    Require.atLeast(1, maxTasks, "max-tasks");
    Require.positive(runTime, "run-time");
    Require.notNegative(repeatWindow, "repeat-window");
  }

  /**
   * Returns the usual limits.
   *
   * @return requests of 32 MiB, 10,000 connections in use and tasks, 1 MiB per stream, 1,000
   *     messages at a time for 30 minutes, repeats within 5 minutes
   */
  public static A2aLimits ofDefaults() {
    return DEFAULTS;
  }

  /**
   * Returns the same limits with another time for agents.
   *
   * @param value how long an agent may work on a message
   * @return the limits
   */
  public A2aLimits withRunTime(Duration value) {
    return new A2aLimits(
        maxBodyBytes, maxConnections, maxStreamBytes, maxRunning, maxTasks, value, repeatWindow);
  }

  /**
   * Returns the same limits with another window for repeated messages.
   *
   * @param value how long a message is remembered; zero for not at all
   * @return the limits
   */
  public A2aLimits withRepeatWindow(Duration value) {
    return new A2aLimits(
        maxBodyBytes, maxConnections, maxStreamBytes, maxRunning, maxTasks, runTime, value);
  }

  /**
   * Returns the same limits with another length of requests.
   *
   * @param value the longest request, in bytes
   * @return the limits
   */
  public A2aLimits withMaxBodyBytes(int value) {
    return new A2aLimits(
        value, maxConnections, maxStreamBytes, maxRunning, maxTasks, runTime, repeatWindow);
  }

  /**
   * Returns the same limits with other bounds of streams and of work.
   *
   * @param streamBytes the most bytes that wait for the reader of a stream
   * @param running how many messages agents work on at a time
   * @return the limits
   */
  public A2aLimits withStreams(int streamBytes, int running) {
    return new A2aLimits(
        maxBodyBytes, maxConnections, streamBytes, running, maxTasks, runTime, repeatWindow);
  }
}
