package io.gild.smoke;

import io.gild.golden.GoldenSpec;
import io.gild.smoke.spi.AgentAsker;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of two versions that are asked, and how often it has been silent in a row. Thread-safe. */
final class AskedVersion {

  /**
   * What came back.
   *
   * @param answer the answer; {@code null} if there was none
   * @param failure why there was none; empty otherwise
   * @param kind what kind of reply it is
   */
  record Reply(@Nullable String answer, String failure, Kind kind, Duration took) {

    boolean isLeftOut() {
      return kind == Kind.LEFT_OUT;
    }
  }

  /** A kind of reply. */
  enum Kind {
    /** An answer, or a failure. */
    ANSWERED,
    /** Nothing came back at all. */
    SILENT,
    /** The question could not be asked, or its answer shows nothing about the version. */
    LEFT_OUT
  }

  private final String name;
  private final AgentAsker asker;
  private int silent;
  private String lastFailure = "";

  AskedVersion(String name, AgentAsker asker) {
    this.name = name;
    this.asker = asker;
  }

  String name() {
    return name;
  }

  Reply ask(GoldenSpec task, Duration timeout) {
    long start = System.nanoTime();
    try {
      String answer = asker.ask(task.turns().get(0).input(), timeout);
      return new Reply(answer, "", Kind.ANSWERED, since(start));
    } catch (LeftOutException leftOut) {
      return new Reply(null, String.valueOf(leftOut.getMessage()), Kind.LEFT_OUT, since(start));
    } catch (AgentAsker.NoAnswerException other) {
      return new Reply(null, String.valueOf(other.getMessage()), Kind.ANSWERED, since(start));
    } catch (IOException none) {
      return new Reply(null, String.valueOf(none.getMessage()), Kind.SILENT, since(start));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Reply(null, "the question was interrupted", Kind.ANSWERED, since(start));
    } catch (RuntimeException fault) {
      return new Reply(null, fault.toString(), Kind.ANSWERED, since(start));
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - start));
  }

  synchronized void count(Reply reply) {
    silent = reply.kind() == Kind.SILENT ? silent + 1 : 0;
    if (reply.answer() == null) {
      lastFailure = reply.failure();
    }
  }

  /** Returns how often it has been silent in a row. */
  synchronized int silent() {
    return silent;
  }

  synchronized String lastFailure() {
    return lastFailure;
  }
}
