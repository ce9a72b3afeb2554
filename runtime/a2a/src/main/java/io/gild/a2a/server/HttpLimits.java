package io.gild.a2a.server;

import java.time.Duration;

/**
 * What a client may use up.
 *
 * @param maxConnections the most connections in use
 * @param maxBodyBytes the longest body of a request
 * @param maxBufferedBytes the most bytes of all bodies that are being read
 * @param maxStreamBytes the most bytes that wait for the reader of a stream
 * @param requestTime how long the head of a request may take to arrive; a body may take as long,
 *     and a second more for each 64 KiB
 * @param writeTime how long a client may read nothing of what waits for it
 * @param keepAlive how long a stream is silent before a comment is sent
 */
record HttpLimits(
    int maxConnections,
    int maxBodyBytes,
    long maxBufferedBytes,
    int maxStreamBytes,
    Duration requestTime,
    Duration writeTime,
    Duration keepAlive) {

  private static final int BYTES_PER_SECOND = 64 * 1_024;

  /** Returns how long a body may take to arrive. */
  Duration bodyTime(long bytes) {
    return requestTime.plusSeconds(bytes / BYTES_PER_SECOND);
  }
}
