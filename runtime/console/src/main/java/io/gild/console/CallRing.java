package io.gild.console;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.MethodSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The newest rows, in flat columns: writing one allocates nothing and waits for no one.
 *
 * <p>A stamp guards each place: the number of its row, counted from 1; or that number negated while
 * the row is written. A reader that finds another stamp after it copied a row drops the copy. A
 * writer that finds its place still being written, a whole round behind, drops its row and counts
 * it. Thread-safe.
 */
final class CallRing {

  private static final VarHandle STAMPS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final TokenKind[] KINDS = TokenKind.values();
  private static final CallRow.Kind[] ROW_KINDS = CallRow.Kind.values();
  private static final CallRow.Outcome[] OUTCOMES = CallRow.Outcome.values();

  /** Columns of whole numbers of one row, beside each other. */
  private static final int LONGS = 15;

  private static final int SEQUENCE = 11;
  private static final int TRACE_HIGH = 12;
  private static final int TRACE_LOW = 13;
  private static final int SPAN = 14;
  private static final int NUMBER = 0;
  private static final int PARENT = 1;
  private static final int ROOT = 2;
  private static final int END_MILLIS = 3;
  private static final int START_NANOS = 4;
  private static final int DURATION = 5;
  private static final int NANO_USD = 6;
  private static final int OWN_NANO_USD = 7;
  private static final int WAITED = 8;
  private static final int INPUT = 9;
  private static final int OUTPUT = 10;

  private static final int ATTEMPTS = KINDS.length;
  private static final int HTTP = ATTEMPTS + 1;
  private static final int MODEL_CALLS = ATTEMPTS + 2;
  private static final int FAILED = ATTEMPTS + 3;
  private static final int STATUS = ATTEMPTS + 4;

  /** Kind, outcome, marks and flags, one byte each. */
  private static final int BITS = ATTEMPTS + 5;

  private static final int INTS = BITS + 1;

  private static final int MODEL = 0;
  private static final int PROVIDER = 1;
  private static final int ERROR = 2;
  private static final int SESSION = 3;
  private static final int FIRST_MODEL = 4;
  private static final int LAST_MODEL = 5;
  private static final int CACHE = 6;
  private static final int TEXTS = 7;

  private final int capacity;
  private final long[] stamps;
  private final long[] longs;
  private final int[] ints;
  private final @Nullable String[] texts;
  private final @Nullable MethodSpec[] methods;
  private final AtomicLong last = new AtomicLong();
  private final LongAdder dropped = new LongAdder();

  CallRing(int capacity) {
    this.capacity = capacity;
    this.stamps = new long[capacity];
    this.longs = new long[capacity * LONGS];
    this.ints = new int[capacity * INTS];
    this.texts = new @Nullable String[capacity * TEXTS];
    this.methods = new @Nullable MethodSpec[capacity];
  }

  int capacity() {
    return capacity;
  }

  /** Returns the number of the newest row; 0 if there is none. */
  long last() {
    return last.get();
  }

  /** Returns the number of the oldest row that can be there. */
  long first() {
    return Math.max(1, last.get() - capacity + 1);
  }

  /** Returns how many rows were dropped because their places were being written. */
  long dropped() {
    return dropped.sum();
  }

  /** Returns the number of a new row. */
  long claim() {
    return last.incrementAndGet();
  }

  /**
   * Begins to write a row; {@link #end} has to follow.
   *
   * @return the row's place, or -1 if the row is dropped
   */
  int begin(long number) {
    int place = place(number);
    long before = (long) STAMPS.getAcquire(stamps, place);
    if (before < 0 || before > number || !STAMPS.compareAndSet(stamps, place, before, -number)) {
      dropped.increment();
      return -1;
    }
    VarHandle.releaseFence();
    longs[place * LONGS + SEQUENCE] = number;
    return place;
  }

  void end(int place, long number) {
    STAMPS.setRelease(stamps, place, number);
  }

  private int place(long number) {
    return (int) ((number - 1) % capacity);
  }

  /**
   * Copies a row.
   *
   * @return {@code false} if the row is gone, or being written
   */
  boolean read(long number, CallRow row) {
    int place = place(number);
    if ((long) STAMPS.getAcquire(stamps, place) != number) {
      return false;
    }
    copy(place, row);
    VarHandle.acquireFence();
    return (long) STAMPS.getOpaque(stamps, place) == number;
  }

  private void copy(int place, CallRow row) {
    int at = place * LONGS;
    row.sequence = longs[at + SEQUENCE];
    row.number = longs[at + NUMBER];
    row.parent = longs[at + PARENT];
    row.root = longs[at + ROOT];
    row.endMillis = longs[at + END_MILLIS];
    row.startNanos = longs[at + START_NANOS];
    row.durationNanos = longs[at + DURATION];
    row.nanoUsd = longs[at + NANO_USD];
    row.ownNanoUsd = longs[at + OWN_NANO_USD];
    row.waitedNanos = longs[at + WAITED];
    row.inputTokens = longs[at + INPUT];
    row.outputTokens = longs[at + OUTPUT];
    row.traceHigh = longs[at + TRACE_HIGH];
    row.traceLow = longs[at + TRACE_LOW];
    row.span = longs[at + SPAN];
    copyInts(place * INTS, row);
    copyTexts(place * TEXTS, row);
    MethodSpec method = methods[place];
    row.agent = method == null ? "" : method.agent();
    row.method = method == null ? "" : method.methodName();
    row.className = method == null ? "" : method.className();
    row.version = method == null ? "" : method.version();
  }

  private void copyInts(int at, CallRow row) {
    System.arraycopy(ints, at, row.ownTokens, 0, KINDS.length);
    row.attempts = ints[at + ATTEMPTS];
    row.httpAttempts = ints[at + HTTP];
    row.modelCalls = ints[at + MODEL_CALLS];
    row.failedRequests = ints[at + FAILED];
    row.status = ints[at + STATUS];
    int bits = ints[at + BITS];
    row.kind = ROW_KINDS[bits & 0xf];
    row.outcome = OUTCOMES[(bits >> 4) & 0x7];
    row.flags = (bits >> 8) & 0xff;
    row.marks = (bits >> 16) & 0xff;
  }

  private void copyTexts(int at, CallRow row) {
    row.model = texts[at + MODEL];
    row.provider = texts[at + PROVIDER];
    row.error = texts[at + ERROR];
    row.session = texts[at + SESSION];
    row.firstModel = texts[at + FIRST_MODEL];
    row.lastModel = texts[at + LAST_MODEL];
    row.cache = texts[at + CACHE];
  }

  void method(int place, MethodSpec method) {
    methods[place] = method;
  }

  void identity(int place, long number, long parent, long root) {
    int at = place * LONGS;
    longs[at + NUMBER] = number;
    longs[at + PARENT] = parent;
    longs[at + ROOT] = root;
  }

  /** Writes the ids of the trace and the span; zeros mean none. */
  void span(int place, long traceHigh, long traceLow, long span) {
    int at = place * LONGS;
    longs[at + TRACE_HIGH] = traceHigh;
    longs[at + TRACE_LOW] = traceLow;
    longs[at + SPAN] = span;
  }

  void times(int place, long endMillis, long startNanos, long durationNanos, long waitedNanos) {
    int at = place * LONGS;
    longs[at + END_MILLIS] = endMillis;
    longs[at + START_NANOS] = startNanos;
    longs[at + DURATION] = durationNanos;
    longs[at + WAITED] = waitedNanos;
  }

  void money(int place, long nanoUsd, long ownNanoUsd, Usage all, Usage own) {
    int at = place * LONGS;
    longs[at + NANO_USD] = nanoUsd;
    longs[at + OWN_NANO_USD] = ownNanoUsd;
    longs[at + INPUT] = all.inputTokens();
    longs[at + OUTPUT] = all.outputTokens();
    for (int i = 0; i < KINDS.length; i++) {
      ints[place * INTS + i] = (int) Math.min(Integer.MAX_VALUE, own.get(KINDS[i]));
    }
  }

  void counts(int place, int attempts, int http, int modelCalls, int failed, int status) {
    int at = place * INTS;
    ints[at + ATTEMPTS] = attempts;
    ints[at + HTTP] = http;
    ints[at + MODEL_CALLS] = modelCalls;
    ints[at + FAILED] = failed;
    ints[at + STATUS] = status;
  }

  void bits(int place, CallRow.Kind kind, CallRow.Outcome outcome, int flags, int marks) {
    ints[place * INTS + BITS] =
        kind.ordinal() | outcome.ordinal() << 4 | (flags & 0xff) << 8 | (marks & 0xff) << 16;
  }

  void names(
      int place,
      @Nullable String model,
      @Nullable String provider,
      @Nullable String error,
      @Nullable String session) {
    int at = place * TEXTS;
    texts[at + MODEL] = model;
    texts[at + PROVIDER] = provider;
    texts[at + ERROR] = error;
    texts[at + SESSION] = session;
  }

  void ways(
      int place, @Nullable String firstModel, @Nullable String lastModel, @Nullable String cache) {
    int at = place * TEXTS;
    texts[at + FIRST_MODEL] = firstModel;
    texts[at + LAST_MODEL] = lastModel;
    texts[at + CACHE] = cache;
  }

  /** Copies a row of another ring, unless that has a newer one in its place. */
  void take(CallRing other, long number) {
    int from = other.place(number);
    long own = claim();
    int place = begin(own);
    if (place < 0) {
      return;
    }
    try {
      System.arraycopy(other.longs, from * LONGS, longs, place * LONGS, LONGS);
      System.arraycopy(other.ints, from * INTS, ints, place * INTS, INTS);
      System.arraycopy(other.texts, from * TEXTS, texts, place * TEXTS, TEXTS);
      methods[place] = other.methods[from];
      VarHandle.acquireFence();
      if ((long) STAMPS.getOpaque(other.stamps, from) != number) {
        longs[place * LONGS + NUMBER] = 0; // readers skip it
      }
    } finally {
      end(place, own);
    }
  }

  /** Returns the number of the outermost call of a row, without a check that the row is there. */
  long rootOf(long number) {
    return longs[place(number) * LONGS + ROOT];
  }
}
