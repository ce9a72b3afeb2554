package io.gild.a2a.server;

import java.time.Duration;

/**
 * What a client may use up.
 *
 * @param maxConnections the most open connections
 * @param maxBodyBytes the longest body of a request
 * @param maxBufferedBytes the most bytes of all bodies that are being read
 * @param maxHeadBytes the longest request line and headers
 * @param maxStreamBytes the most bytes that wait for the reader of a stream
 * @param requestTime how long a request may take to arrive without any progress
 * @param idleTime how long a connection without a request stays open
 * @param writeTime how long a client may read nothing of what waits for it
 * @param keepAlive how long a stream is silent before a comment is sent
 */
record HttpLimits(
    int maxConnections,
    int maxBodyBytes,
    long maxBufferedBytes,
    int maxHeadBytes,
    int maxStreamBytes,
    Duration requestTime,
    Duration idleTime,
    Duration writeTime,
    Duration keepAlive) {}
