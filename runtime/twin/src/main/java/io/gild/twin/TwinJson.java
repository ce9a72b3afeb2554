package io.gild.twin;

import io.gild.config.Json;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import io.gild.config.Setting;
import io.gild.core.AgentRegistry;
import io.gild.core.MethodSpec;
import io.gild.memory.MemoryJson;
import io.gild.memory.MemoryRecord;
import io.gild.memory.SessionJson;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.SessionSummary;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of the parts of a twin. */
final class TwinJson {

  private TwinJson() {}

  static Map<String, Object> of(MemoryRecord record) {
    ByteBuffer bytes = ByteBuffer.allocate(record.vector().length * Float.BYTES);
    bytes.asFloatBuffer().put(record.vector());
    Map<String, Object> json = new LinkedHashMap<>(MemoryJson.of(record.memory()));
    json.put("vector", Base64.getEncoder().encodeToString(bytes.array()));
    return json;
  }

  static MemoryRecord memory(Map<?, ?> json, int dimensions) {
    byte[] bytes = Base64.getDecoder().decode(text(json, "vector"));
    float[] vector = new float[bytes.length / Float.BYTES];
    if (bytes.length % Float.BYTES != 0 || vector.length != 0 && vector.length != dimensions) {
      throw new IllegalArgumentException(
          "the vector of %s has %d bytes; expected %d"
              .formatted(json.get("id"), bytes.length, dimensions * Float.BYTES));
    }
    ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
    return new MemoryRecord(MemoryJson.memory(json), vector);
  }

  /** Returns a session without its messages, which follow on lines of their own. */
  static Map<String, Object> of(SessionSnapshot session) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tenant", session.key().tenant());
    json.put("agent", session.key().agent());
    json.put("session", session.key().session());
    json.put("messages", (long) session.messages().size());
    Instant expires = session.expires();
    if (expires != null) {
      json.put("expires", expires.toString());
    }
    SessionSummary summary = session.summary();
    if (summary != null) {
      json.put("summary", SessionJson.of(summary));
    }
    if (!session.values().isEmpty()) {
      json.put("values", session.values());
    }
    return json;
  }

  static SessionSnapshot session(Map<?, ?> json, List<SessionMessage> messages) {
    Map<String, String> values = new TreeMap<>();
    object(json.get("values")).forEach((name, value) -> values.put(name, String.valueOf(value)));
    return new SessionSnapshot(
        new SessionKey(text(json, "tenant"), text(json, "agent"), text(json, "session")),
        1,
        messages,
        json.get("summary") instanceof Map<?, ?> summary ? SessionJson.summary(summary) : null,
        values,
        json.get("expires") == null ? null : instant(json, "expires"));
  }

  static Map<String, Object> of(TwinMethod method) {
    List<Map<String, @Nullable Object>> policies = new ArrayList<>();
    for (Setting setting : method.policies()) {
      Map<String, @Nullable Object> each = new LinkedHashMap<>();
      each.put("path", setting.path());
      each.put("value", setting.value());
      each.put("origin", setting.origin().source());
      each.put("line", (long) setting.origin().line());
      policies.add(each);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("registry", object(Json.read(AgentRegistry.write(method.spec()))));
    json.put("wrapped", method.spec().wrapped());
    json.put("policies", policies);
    return json;
  }

  static TwinMethod method(Map<?, ?> json) {
    MethodSpec spec = AgentRegistry.parse(Json.write(json.get("registry"))).get(0);
    List<Setting> policies = new ArrayList<>();
    if (json.get("policies") instanceof List<?> list) {
      for (Object item : list) {
        Map<String, Object> each = object(item);
        int line = (int) number(each, "line");
        Origin origin = new Origin(text(each, "origin"), line, Math.min(line, 1));
        policies.add(new Setting(text(each, "path"), each.get("value"), origin));
      }
    }
    boolean wrapped = Boolean.TRUE.equals(json.get("wrapped"));
    return new TwinMethod(wrapped ? spec.asWrapped() : spec, policies);
  }

  static Map<String, Object> of(TwinModel model) {
    return Map.of("name", model.name(), "tier", model.tier(), "requests", model.requests());
  }

  static TwinModel model(Map<?, ?> json) {
    return new TwinModel(text(json, "name"), text(json, "tier"), number(json, "requests"));
  }

  static Map<String, Object> of(TwinPrompt prompt) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sha256", prompt.sha256());
    json.put("requests", prompt.requests());
    String text = prompt.text();
    if (text != null) {
      json.put("text", text);
    }
    return json;
  }

  static TwinPrompt prompt(Map<?, ?> json) {
    return new TwinPrompt(
        text(json, "sha256"),
        number(json, "requests"),
        json.get("text") == null ? null : text(json, "text"));
  }

  static Map<String, @Nullable Object> of(TwinFigures figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("source", figures.source());
    json.put("calls", figures.calls());
    json.put("failed", figures.failed());
    json.put("refused", figures.refused());
    json.put("input-tokens", figures.inputTokens());
    json.put("output-tokens", figures.outputTokens());
    json.put("cost-usd", figures.costUsd());
    json.put("unpriced", figures.unpriced());
    json.put("median-millis", figures.medianMillis());
    json.put("p95-millis", figures.p95Millis());
    json.put("sampled-out", figures.sampledOut());
    return json;
  }

  static TwinFigures figures(Map<?, ?> json) {
    return new TwinFigures(
        text(json, "source"),
        number(json, "calls"),
        number(json, "failed"),
        number(json, "refused"),
        number(json, "input-tokens"),
        number(json, "output-tokens"),
        new BigDecimal(String.valueOf(json.get("cost-usd"))),
        number(json, "unpriced"),
        decimal(json.get("median-millis")),
        decimal(json.get("p95-millis")),
        json.get("sampled-out") == null ? 0 : number(json, "sampled-out"));
  }

  private static @Nullable Double decimal(@Nullable Object value) {
    return value instanceof Number number ? (Double) number.doubleValue() : null;
  }

  static PolicyTree tree(Map<String, ?> json) {
    return PolicyTree.of(json, Origin.of("twin"));
  }

  static String text(Map<?, ?> json, String field) {
    if (json.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("\"" + field + "\" must be a text");
  }

  static long number(Map<?, ?> json, String field) {
    if (json.get(field) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("\"" + field + "\" must be a number");
  }

  static Instant instant(Map<?, ?> json, String field) {
    try {
      return Instant.parse(text(json, field));
    } catch (DateTimeException invalid) {
      throw new IllegalArgumentException("\"" + field + "\" must be a time", invalid);
    }
  }

  /** Returns an object; an absent one is empty. */
  static Map<String, Object> object(@Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("expected a JSON object");
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, item) -> object.put(String.valueOf(key), item));
    return object;
  }
}
