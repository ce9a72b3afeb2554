package io.gild.ledger;

import io.gild.core.TextHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a request in the order in which a provider reads them: tools, system message,
 * messages. Only hashes and lengths are kept, and no text.
 */
final class PromptUnits {

  private static final List<String> ORDER =
      List.of(
          "tools",
          "toolConfig",
          "system",
          "systemInstruction",
          "instructions",
          "messages",
          "contents",
          "input");

  private static final Set<String> TOOL_ROLES = Set.of("tool", "function", "TOOL");
  private static final Set<String> TOOL_TYPES =
      Set.of("tool_result", "function_call_output", "TOOL_EXECUTION_RESULT");
  private static final Set<String> TOOL_KEYS = Set.of("functionResponse", "toolResult");

  /** Shorter lines repeat by chance. */
  private static final int LONG_LINE = 80;

  private static final int MOST_UNITS = 5_000;
  private static final int DEEPEST = 40;

  /** A result of a tool beyond this is large: about 2,000 tokens. */
  private static final int LARGE_RESULT = 8_000;

  private final List<Long> hashes = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private long characters;
  private long toolCharacters;
  private long largeCharacters;

  private PromptUnits() {}

  /** Reads the content of a request in its provider's form. */
  static PromptUnits of(Map<String, ?> body) {
    PromptUnits units = new PromptUnits();
    for (String key : ORDER) {
      units.add(body.get(key), 0, false);
    }
    return units;
  }

  private void add(@Nullable Object value, int depth, boolean ofTool) {
    if (depth > DEEPEST || value == null) {
      return;
    }
    if (value instanceof List<?> list) {
      list.forEach(each -> add(each, depth + 1, ofTool));
    } else if (value instanceof Map<?, ?> map) {
      boolean tool =
          ofTool
              || TOOL_ROLES.contains(String.valueOf(map.get("role")))
              || TOOL_TYPES.contains(String.valueOf(map.get("type")));
      map.forEach(
          (key, each) -> add(each, depth + 1, tool || TOOL_KEYS.contains(String.valueOf(key))));
    } else {
      add(String.valueOf(value), ofTool);
    }
  }

  private void add(String text, boolean ofTool) {
    characters += text.length();
    if (ofTool) {
      toolCharacters += text.length();
      largeCharacters += Math.max(0, text.length() - LARGE_RESULT);
    }
    text.lines()
        .forEach(line -> {
          if (hashes.size() < MOST_UNITS) {
            hashes.add(TextHash.of(line));
            lengths.add(line.length());
          }
        });
  }

  long characters() {
    return characters;
  }

  long toolCharacters() {
    return toolCharacters;
  }

  /** Returns what results of tools have beyond 8,000 characters each. */
  long largeCharacters() {
    return largeCharacters;
  }

  /** Returns how many characters begin the same as those of an earlier request. */
  long prefix(PromptUnits earlier) {
    long same = 0;
    int most = Math.min(hashes.size(), earlier.hashes.size());
    for (int i = 0; i < most && hashes.get(i).equals(earlier.hashes.get(i)); i++) {
      same += lengths.get(i);
    }
    return same;
  }

  /** Returns how many characters are in lines that an earlier request has anywhere. */
  long shared(PromptUnits earlier) {
    Set<Long> known = new HashSet<>(earlier.hashes);
    long shared = 0;
    for (int i = 0; i < hashes.size(); i++) {
      shared += known.contains(hashes.get(i)) ? lengths.get(i) : 0;
    }
    return shared;
  }

  /** Returns how many characters are in long lines that the request has more than once. */
  long repeated() {
    Map<Long, Integer> seen = new HashMap<>();
    long repeated = 0;
    for (int i = 0; i < hashes.size(); i++) {
      if (lengths.get(i) >= LONG_LINE && seen.merge(hashes.get(i), 1, Integer::sum) > 1) {
        repeated += lengths.get(i);
      }
    }
    return repeated;
  }
}
