package io.gild.testkit;

import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The requests of a provider, by sequence. A request is entered when it arrives and completed
 * before its last byte leaves, so that a client that has its answer finds it in the log.
 */
final class RequestLog {

  /** The entries between two resets; an entry stays in the book in which it was opened. */
  private static final class Book {

    final ConcurrentNavigableMap<Long, LoggedRequest> requests = new ConcurrentSkipListMap<>();
    final AtomicLong sequence = new AtomicLong();
    final long startNanos = System.nanoTime();
  }

  private volatile Book book = new Book();

  /** Opens the entry of a request that has just arrived. */
  Entry arrived(String path) {
    Entry entry = new Entry(book, path);
    entry.write(0, 0);
    return entry;
  }

  List<LoggedRequest> all() {
    return List.copyOf(book.requests.values());
  }

  String toJsonLines() {
    return book.requests.values().stream()
        .map(request -> request.toJson() + "\n")
        .collect(Collectors.joining());
  }

  /** Clears the log; the next request is number 1. */
  void reset() {
    book = new Book();
  }

  /** The entry of one request, filled in while it is served. One thread writes it. */
  static final class Entry {

    private final Book book;
    private final long number;
    private final long arrival = System.nanoTime();
    private final String path;
    private String model = "";
    private Fault fault = Fault.OK;
    private boolean streamed;
    private String promptHash = "";
    private int promptTokens;
    private int completionTokens;

    private Entry(Book book, String path) {
      this.book = book;
      this.number = book.sequence.incrementAndGet();
      this.path = path;
    }

    long sequence() {
      return number;
    }

    long arrivalNanos() {
      return arrival;
    }

    void asked(String askedModel, boolean stream, String hash) {
      this.model = askedModel;
      this.streamed = stream;
      this.promptHash = hash;
    }

    void failing(Fault drawn) {
      this.fault = drawn;
      write(0, 0);
    }

    void billed(int prompt, int completion) {
      this.promptTokens = prompt;
      this.completionTokens = completion;
    }

    void completed(int status) {
      write(status, System.nanoTime() - arrival);
    }

    private void write(int status, long duration) {
      book.requests.put(
          number,
          new LoggedRequest(
              number,
              arrival - book.startNanos,
              path,
              model,
              status,
              fault,
              promptTokens,
              completionTokens,
              streamed,
              duration,
              promptHash));
    }
  }
}
