package io.gild.smoke;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as a control endpoint reports it.
 *
 * @param tokens {@code null} if it reported none
 * @param usd {@code null} if its price is unknown
 * @param attempts how often the method's own code ran; -1 if that is unknown
 */
record SeenCall(
    String kind,
    String agent,
    String method,
    String version,
    double seconds,
    String outcome,
    @Nullable Long tokens,
    @Nullable Double usd,
    long attempts) {

  static SeenCall of(Map<?, ?> fields) {
    return new SeenCall(
        text(fields, "kind"),
        text(fields, "agent"),
        text(fields, "method"),
        text(fields, "version"),
        fields.get("seconds") instanceof Number seconds ? seconds.doubleValue() : 0,
        text(fields, "outcome"),
        fields.get("tokens") instanceof Number tokens ? (Long) tokens.longValue() : null,
        fields.get("usd") instanceof Number usd ? (Double) usd.doubleValue() : null,
        fields.get("attempts") instanceof Number attempts ? attempts.longValue() : -1);
  }

  private static String text(Map<?, ?> fields, String key) {
    Object value = fields.get(key);
    return value == null ? "" : value.toString();
  }

  boolean isOfAgent() {
    return kind.equals("agent");
  }

  boolean isCached() {
    return outcome.equals("succeeded") && attempts == 0;
  }

  String name() {
    return agent + "#" + method;
  }
}
