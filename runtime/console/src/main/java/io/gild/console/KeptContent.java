package io.gild.console;

import io.gild.core.ContentCaptured;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The prompts and answers of the newest calls, in bounded memory; those of failed calls have a part
 * of their own, in which good calls take no room. Nothing is written anywhere. Thread-safe.
 */
final class KeptContent {

  private static final int MOST_AGENTS = 10_000;

  /** About what a text and its place in the maps take beside the characters. */
  private static final int OVERHEAD = 200;

  private static final class Part {
    private final Deque<ContentCaptured> oldestFirst = new ArrayDeque<>();
    private final long mostBytes;
    private long bytes;

    Part(long mostBytes) {
      this.mostBytes = mostBytes;
    }
  }

  private final Part good;
  private final Part failed;
  private final Map<Long, ContentCaptured> byCall = new HashMap<>();
  private final Set<String> agents = new HashSet<>();
  private long captured;

  /**
   * Creates an empty store.
   *
   * @param mostBytes how much memory it may take
   */
  KeptContent(long mostBytes) {
    this.failed = new Part(mostBytes / 2);
    this.good = new Part(mostBytes - mostBytes / 2);
  }

  synchronized void add(ContentCaptured content) {
    captured++;
    if (agents.size() < MOST_AGENTS) {
      agents.add(content.method().agent());
    }
    Part part = content.failed() ? failed : good;
    part.oldestFirst.addLast(content);
    part.bytes += bytes(content);
    byCall.put(content.call(), content);
    while (part.bytes > part.mostBytes) {
      ContentCaptured oldest = part.oldestFirst.removeFirst();
      part.bytes -= bytes(oldest);
      byCall.remove(oldest.call(), oldest);
    }
  }

  private static long bytes(ContentCaptured content) {
    return OVERHEAD + bytes(content.input()) + bytes(content.output());
  }

  private static long bytes(@Nullable String text) {
    return text == null ? 0 : 2L * text.length();
  }

  /** Returns the content of a call; {@code null} if it is not kept. */
  synchronized @Nullable ContentCaptured of(long call) {
    return byCall.get(call);
  }

  /** Returns whether the content of any call of an agent was captured. */
  synchronized boolean hasCaptured(String agent) {
    return agents.contains(agent);
  }

  /** Returns how many calls have their content here. */
  synchronized long kept() {
    return byCall.size();
  }

  /** Returns of how many calls the content was captured. */
  synchronized long captured() {
    return captured;
  }
}
