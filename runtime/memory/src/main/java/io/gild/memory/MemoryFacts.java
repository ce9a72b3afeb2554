package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.vectors.MetadataFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a memory that searches filter by, beside its own metadata. Their keys begin with
 * {@code gild.}, which metadata must not.
 */
@Experimental
public final class MemoryFacts {

  /** What the keys of these facts begin with. */
  public static final String PREFIX = "gild.";

  /** The metadata key of who said it; a query that names the author finds it better. */
  public static final String AUTHOR = "author";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final String AGENT = PREFIX + "agent";
  private static final String USER = PREFIX + "user";
  private static final String SESSION = PREFIX + "session";
  private static final String KIND = PREFIX + "kind";
  private static final String FROM = PREFIX + "from";
  private static final String UNTIL = PREFIX + "until";

  private MemoryFacts() {}

  /**
   * Returns the words by which a memory is found: its author, its text, and the day since when it
   * is true, such as {@code 8 May 2026}.
   *
   * @param memory the memory
   * @return a text
   */
  public static String words(Memory memory) {
    return spoken(memory) + " " + date(memory.validFrom());
  }

  private static String date(Instant time) {
    try {
      return DATE.format(time);
    } catch (DateTimeException far) {
      return "";
    }
  }

  /** Returns the text with its author before it, as in a protocol. */
  static String spoken(Memory memory) {
    String author = author(memory);
    return author.isEmpty() ? memory.text() : author + ": " + memory.text();
  }

  static String author(Memory memory) {
    return memory.metadata().get(AUTHOR) instanceof String author ? author : memory.owner().user();
  }

  /**
   * Returns the facts about a memory, with its metadata.
   *
   * @param memory a memory that is not pruned
   * @return texts, numbers and booleans by key
   */
  public static Map<String, Object> of(Memory memory) {
    Map<String, Object> facts = new LinkedHashMap<>(memory.metadata());
    facts.put(AGENT, memory.owner().agent());
    facts.put(USER, memory.owner().user());
    facts.put(SESSION, memory.source().session());
    facts.put(KIND, memory.kind());
    facts.put(FROM, millis(memory.validFrom()));
    Instant until = memory.validUntil();
    facts.put(UNTIL, until == null ? Long.MAX_VALUE : millis(until));
    return facts;
  }

  static MetadataFilter condition(
      @Nullable String agent,
      @Nullable String user,
      @Nullable String session,
      @Nullable String kind,
      Instant time,
      MetadataFilter own) {
    List<MetadataFilter> all = new ArrayList<>();
    if (agent != null) {
      all.add(MetadataFilter.oneOf(AGENT, List.of(agent, "")));
    }
    if (user != null) {
      all.add(MetadataFilter.oneOf(USER, List.of(user, "")));
    }
    if (session != null) {
      all.add(MetadataFilter.equalTo(SESSION, session));
    }
    all.add(
        kind == null
            ? MetadataFilter.not(MetadataFilter.equalTo(KIND, Experiences.KIND))
            : MetadataFilter.equalTo(KIND, kind));
    all.add(MetadataFilter.atMost(FROM, millis(time)));
    all.add(MetadataFilter.atLeast(UNTIL, millis(time) + 1));
    all.add(own);
    return new MetadataFilter.All(all);
  }

  /** Far times, such as {@link Instant#MAX}, are as far as a number reaches. */
  private static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException far) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE / 2 : Long.MAX_VALUE / 2;
    }
  }
}
