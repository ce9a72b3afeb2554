package io.gild.a2a;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a signature of a card covers: its JSON without signatures and default values, in canonical
 * form.
 */
final class CardPayload {

  /** Fields that are there even if they are empty, because the protocol requires them. */
  private static final Set<String> REQUIRED =
      Arrays.stream(
              ("name description supportedInterfaces version capabilities defaultInputModes"
                      + " defaultOutputModes skills id tags url protocolBinding protocolVersion"
                      + " organization protected signature location scheme flows scopes"
                      + " openIdConnectUrl authorizationUrl tokenUrl deviceAuthorizationUrl")
                  .split(" "))
          .collect(Collectors.toUnmodifiableSet());

  /** Fields that stay even if they have their default value. */
  private static final Set<String> OPTIONAL =
      Set.of("streaming", "pushNotifications", "extendedAgentCard", "documentationUrl", "iconUrl");

  /** Objects with names of their owner's, not of the protocol's. */
  private static final Set<String> FREE = Set.of("params", "header");

  private CardPayload() {}

  static String of(Map<?, ?> card) {
    Map<String, Object> unsigned = new LinkedHashMap<>();
    card.forEach((name, value) -> unsigned.put(String.valueOf(name), value));
    unsigned.remove("signatures");
    return CanonicalJson.write(withoutDefaults(unsigned));
  }

  private static Map<String, Object> withoutDefaults(Map<?, ?> object) {
    Map<String, Object> kept = new LinkedHashMap<>();
    object.forEach((key, value) -> {
      String name = String.valueOf(key);
      if (value != null
          && (REQUIRED.contains(name) || OPTIONAL.contains(name) || !isDefault(value))) {
        kept.put(name, FREE.contains(name) ? value : pruned(value));
      }
    });
    return kept;
  }

  private static Object pruned(Object value) {
    if (value instanceof Map<?, ?> map) {
      return withoutDefaults(map);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      for (Object item : list) {
        items.add(pruned(item));
      }
      return items;
    }
    return value;
  }

  /** An empty object is a message that is present, and stays. */
  private static boolean isDefault(Object value) {
    return value.equals("")
        || value.equals(false)
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof Number number && number.doubleValue() == 0;
  }
}
