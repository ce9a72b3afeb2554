package io.gild.smoke;

import io.gild.config.Json;
import io.gild.smoke.spi.AgentAsker.NoAnswerException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer is in the JSON of a reply.
 *
 * @param path names of fields and indexes of lists, dotted; {@code null} for the whole body
 */
record AnswerField(@Nullable String path) {

  /**
   * Finds the answer.
   *
   * @return a text as it is, another value as JSON
   * @throws NoAnswerException if the reply has no such field
   */
  String in(String body) throws NoAnswerException {
    if (path == null) {
      return body;
    }
    Object value = json(body);
    for (String name : path.split("\\.", -1)) {
      value = step(value, name);
    }
    if (value == null) {
      throw new NoAnswerException("the field " + path + " of the answer is null");
    }
    return value instanceof String text ? text : Json.write(value);
  }

  private @Nullable Object json(String body) throws NoAnswerException {
    try {
      return Json.read(body);
    } catch (IllegalArgumentException wrong) {
      throw new NoAnswerException(
          "the answer must be JSON with the field "
              + path
              + ", but is "
              + new HttpCaller.Reply(0, body).start());
    }
  }

  private @Nullable Object step(@Nullable Object value, String name) throws NoAnswerException {
    if (value instanceof Map<?, ?> map && map.containsKey(name)) {
      return map.get(name);
    }
    if (value instanceof List<?> list && name.matches("\\d{1,6}")) {
      int index = Integer.parseInt(name);
      if (index < list.size()) {
        return list.get(index);
      }
    }
    throw new NoAnswerException(
        "the answer has no field "
            + path
            + (value instanceof Map<?, ?> map
                ? "; where " + name + " is expected, it has " + map.keySet()
                : ""));
  }
}
