package io.gild.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * What many open streams take.
 *
 * @param openMillis until all clients have the first event
 * @param lastMillis from the last event until all clients have it
 * @param threads the most platform threads at a time, beyond those before
 */
record HttpStreams(double openMillis, double lastMillis, int threads) {

  private static final double NANOS_PER_MILLI = 1e6;

  static HttpStreams measure(HttpSide side, int streams) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int before = threads.getThreadCount();
    threads.resetPeakThreadCount();
    String path = side.streamPath();
    List<RawClient> clients = new ArrayList<>();
    try {
      long start = System.nanoTime();
      for (int i = 0; i < streams; i++) {
        RawClient client = new RawClient(side.port());
        clients.add(client);
        client.get(path);
      }
      readEvent(clients);
      long open = System.nanoTime();
      side.finish();
      readEvent(clients);
      return new HttpStreams(
          (open - start) / NANOS_PER_MILLI,
          (System.nanoTime() - open) / NANOS_PER_MILLI,
          threads.getPeakThreadCount() - before);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static void readEvent(List<RawClient> clients) throws IOException {
    for (RawClient client : clients) {
      client.event();
    }
  }
}
