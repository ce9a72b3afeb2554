package io.gild.libraries;

import io.gild.config.Json;
import io.gild.weaver.Foreign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of requests, which have similar names in all libraries. */
final class RequestFacts {

  /** Names of the conventions, each with the getters that libraries have for it. */
  private static final String[][] NUMBERS = {
    {"temperature", "temperature"},
    {"top_p", "topP"},
    {"top_k", "topK"},
    {"max_tokens", "maxCompletionTokens", "maxOutputTokens", "maxTokens"},
    {"seed", "seed"},
    {"frequency_penalty", "frequencyPenalty"},
    {"presence_penalty", "presencePenalty"}
  };

  private static final String STOPS = "stop_sequences";

  private RequestFacts() {}

  /** Returns the parameters that an object sets, by the names of the conventions. */
  static Map<String, Object> parameters(@Nullable Object options) {
    Map<String, Object> found = new LinkedHashMap<>();
    if (options == null) {
      return found;
    }
    for (String[] names : NUMBERS) {
      for (int i = 1; i < names.length && !found.containsKey(names[0]); i++) {
        if (Foreign.read(options, names[i]) instanceof Number number) {
          found.put(names[0], number);
        }
      }
    }
    List<String> stops = stops(options);
    if (!stops.isEmpty()) {
      found.put(STOPS, stops);
    }
    return found;
  }

  private static List<String> stops(Object options) {
    List<String> stops = new ArrayList<>();
    for (Object each : Foreign.list(options, "stopSequences")) {
      stops.add(String.valueOf(each));
    }
    Object stop = stops.isEmpty() ? Foreign.read(options, "stop") : null;
    for (Object each : Foreign.list(stop, "strings")) {
      stops.add(String.valueOf(each));
    }
    if (Foreign.read(stop, "string") instanceof String one) {
      stops.add(one);
    }
    return stops;
  }

  /** Returns what an object of Google's library writes as JSON; empty if it writes none. */
  static Map<?, ?> json(@Nullable Object object) {
    return Foreign.read(object, "toJson") instanceof String text
            && Json.read(text) instanceof Map<?, ?> values
        ? values
        : Map.of();
  }
}
