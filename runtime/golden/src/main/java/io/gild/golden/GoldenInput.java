package io.gild.golden;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.Suggestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The input of the agent's method in a golden task. Values are plain: texts, numbers, booleans,
 * lists, maps, {@code null}.
 */
@Experimental
public sealed interface GoldenInput {

  /** A parameter of the method. */
  interface Slot {

    /**
     * Returns the parameter's name.
     *
     * @return the name in the source
     */
    String name();

    /**
     * Returns whether a task may leave the parameter out, because Gild fills it in.
     *
     * @return whether it may be absent
     */
    boolean isOptional();
  }

  /** Reports why an input does not fit a method. */
  final class Mismatch extends Exception {

    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Values in the order of the parameters.
   *
   * @param values one per parameter; optional ones may all be left out together
   */
  record Positional(List<@Nullable Object> values) implements GoldenInput {

    /** Copies the list. */
    public Positional {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public Map<String, @Nullable Object> arrange(List<? extends Slot> slots, String method)
        throws Mismatch {
      List<? extends Slot> taken = slots;
      if (values.size() != slots.size()) {
        taken = slots.stream().filter(slot -> !slot.isOptional()).toList();
      }
      if (values.size() != taken.size()) {
        throw new Mismatch(
            "has %s, but %s takes %s"
                .formatted(
                    count(values.size(), "input"), method, count(taken.size(), "parameter")));
      }
      Map<String, @Nullable Object> arranged = new LinkedHashMap<>();
      for (int i = 0; i < taken.size(); i++) {
        arranged.put(taken.get(i).name(), values.get(i));
      }
      return arranged;
    }

    @Override
    public String text() {
      return values.size() == 1 ? plain(values.get(0)) : Json.write(values);
    }
  }

  /**
   * Values by the names of the parameters.
   *
   * @param values the values
   */
  record Named(Map<String, @Nullable Object> values) implements GoldenInput {

    /** Copies the map. */
    public Named {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public Map<String, @Nullable Object> arrange(List<? extends Slot> slots, String method)
        throws Mismatch {
      List<String> names = slots.stream().map(Slot::name).toList();
      for (String name : values.keySet()) {
        if (!names.contains(name)) {
          String hint = Suggestions.didYouMean(name, names);
          throw new Mismatch(
              "gives \"%s\", which is not a parameter of %s.%s"
                  .formatted(
                      name,
                      method,
                      hint.isEmpty() ? " Use some of " + String.join(", ", names) + "." : hint));
        }
      }
      for (Slot slot : slots) {
        if (!slot.isOptional() && !values.containsKey(slot.name())) {
          throw new Mismatch("gives no value for parameter " + slot.name() + " of " + method);
        }
      }
      return values;
    }

    @Override
    public String text() {
      return values.size() == 1 ? plain(values.values().iterator().next()) : Json.write(values);
    }
  }

  /**
   * Assigns the values to the parameters of a method.
   *
   * @param slots the parameters in order
   * @param method the method, for messages
   * @return the values by parameter; optional parameters without a value are absent
   * @throws Mismatch if they do not fit in number or name; the message is the rest of a sentence
   *     that begins with the task's name
   */
  Map<String, @Nullable Object> arrange(List<? extends Slot> slots, String method) throws Mismatch;

  /**
   * Returns the input for a reader.
   *
   * @return the one value as text, or all of them as JSON
   */
  String text();

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String plain(@Nullable Object value) {
    return value instanceof String text ? text : Json.write(value);
  }
}
