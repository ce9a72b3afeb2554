package io.gild.console;

import io.gild.core.spi.Control;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Controls as the console's interface has them. */
final class ControlJson {

  private ControlJson() {}

  /** Returns a row of the list of controls. */
  static Map<String, @Nullable Object> row(
      String jvm, String key, Control control, boolean actions) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("key", key);
    json.put("jvm", jvm);
    json.put("kind", control.kind());
    json.put("name", control.name());
    json.put("agent", control.agent());
    json.put("method", control.method());
    json.put("state", control.state());
    json.put("words", control.words());
    json.put("numbers", control.facts());
    json.put("actions", actions ? control.actions() : List.of());
    return json;
  }

  /** Returns a control that has a list of its own, such as a rollout. */
  static Map<String, @Nullable Object> named(String jvm, String nameKey, Control control) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("jvm", jvm);
    json.put(nameKey, control.name());
    json.put("agent", control.agent());
    json.put("state", control.state());
    json.put("words", control.words());
    json.putAll(control.facts());
    return json;
  }
}
