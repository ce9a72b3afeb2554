package io.gild.smoke;

import io.gild.config.Json;
import io.gild.golden.GoldenInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a request, with {@code {input}} in place of the input: as text within quotes, as the
 * value itself outside of them.
 */
final class BodyTemplate {

  static final String PLACE = "{input}";

  /**
   * Text before a place.
   *
   * @param quoted whether the place behind the text is within quotes; {@code null} at the end
   */
  private record Part(String text, @Nullable Boolean quoted) {}

  private final List<Part> parts;

  private BodyTemplate(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @param subject name of the setting, for the message
   * @throws SmokeException if it is not JSON, or has no place for the input
   */
  static BodyTemplate of(String text, String subject) {
    BodyTemplate template = new BodyTemplate(parts(text));
    if (template.parts.size() == 1) {
      throw new SmokeException(
          subject
              + " must contain "
              + PLACE
              + " where the input of the task belongs, but is "
              + text);
    }
    try {
      Json.read(template.fill(new GoldenInput.Positional(List.of("a \"b\""))));
    } catch (IllegalArgumentException wrong) {
      throw new SmokeException(
          subject
              + " must be JSON, such as {\"question\": \"{input}\"}, but is "
              + text
              + ": "
              + wrong.getMessage(),
          wrong);
    }
    return template;
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(PLACE, at)) {
        parts.add(new Part(text.substring(from, at), quoted));
        at += PLACE.length();
        from = at;
      } else {
        char each = text.charAt(at);
        quoted ^= each == '"';
        at += each == '\\' ? 2 : 1;
      }
    }
    parts.add(new Part(text.substring(from), null));
    return parts;
  }

  String fill(GoldenInput input) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      filled.append(part.text());
      if (part.quoted() != null) {
        filled.append(part.quoted() ? escaped(input.text()) : Json.write(value(input)));
      }
    }
    return filled.toString();
  }

  private static String escaped(String text) {
    String json = Json.write(text);
    return json.substring(1, json.length() - 1);
  }

  private static @Nullable Object value(GoldenInput input) {
    if (input instanceof GoldenInput.Named named) {
      return named.values();
    }
    List<@Nullable Object> values = ((GoldenInput.Positional) input).values();
    return values.size() == 1 ? values.get(0) : values;
  }
}
