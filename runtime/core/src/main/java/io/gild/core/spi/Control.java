package io.gild.core.spi;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one thing that people can look at and operate.
 *
 * @param kind what it is, such as {@code circuitbreaker}
 * @param name its name; unique among its kind within an application
 * @param agent the agent it belongs to; empty if to none
 * @param method the method it belongs to; empty if to none
 * @param state its state in one word, such as {@code open}
 * @param words its state in one sentence
 * @param facts numbers and texts by their names in camel case
 * @param actions what can be done with it, such as {@code close}
 */
@Experimental
public record Control(
    String kind,
    String name,
    String agent,
    String method,
    String state,
    String words,
    Map<String, ? extends @Nullable Object> facts,
    List<String> actions) {

  /** Copies map and list. */
  public Control {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    actions = Collections.unmodifiableList(new ArrayList<>(actions));
  }
}
