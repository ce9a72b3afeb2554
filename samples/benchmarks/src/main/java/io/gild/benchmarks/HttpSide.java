package io.gild.benchmarks;

import java.io.IOException;

/** A server that answers messages and streams to many clients. */
interface HttpSide extends AutoCloseable {

  int port();

  /** Returns the path of messages. */
  String messagePath();

  /** Returns the body of a message. */
  String message(int number);

  /** Returns the path of a stream that has no end before {@link #finish}. */
  String streamPath() throws IOException;

  /** Sends the last event to all streams. */
  void finish();

  @Override
  void close();
}
