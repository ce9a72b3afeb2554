package io.gild.coordination;

import io.gild.config.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of the log of a folder: one JSON object for each change. */
final class LogLines {

  static final String VERSION_FIELD = "gild-broker";
  static final long VERSION = 1;

  static final String NUMBER = "next";
  static final String SUBSCRIBED = "subscribed";
  static final String PATTERN = "pattern";
  static final String REMOVED = "removed";
  static final String ACCEPTED = "accepted";
  static final String DELIVERED = "delivered";
  static final String RETRIED = "retried";
  static final String HANDLED = "handled";
  static final String BURIED = "buried";
  static final String SEEN = "seen";
  static final String FINISHED = "finished";
  static final String QUEUE = "of";
  static final String QUEUES = "to";
  static final String COUNT = "count";
  static final String UNTIL = "until";
  static final String KEY = "key";
  static final String KEYS = "keys";
  static final String OUTPUTS = "outputs";
  static final String TOPIC = "topic";
  static final String LANE = "lane";
  static final String AT = "at";
  static final String JSON = "json";

  private LogLines() {}

  static String header(long nextNumber) {
    return Json.write(Map.of(VERSION_FIELD, VERSION, NUMBER, nextNumber));
  }

  static String subscribed(String name, String pattern) {
    return line(SUBSCRIBED, name, PATTERN, pattern);
  }

  static String removed(String name) {
    return line(REMOVED, name);
  }

  static Map<String, Object> accepted(QueuedMessage message, List<String> queues) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(ACCEPTED, message.number());
    json.put(QUEUES, queues);
    json.put(TOPIC, message.topic());
    String lane = message.lane();
    if (lane != null) {
      json.put(LANE, lane);
    }
    json.put(KEY, message.key());
    json.put(AT, message.at().toEpochMilli());
    json.put(JSON, message.json());
    return json;
  }

  static String delivered(QueueEntry entry, String queue) {
    return line(DELIVERED, entry.message.number(), QUEUE, queue, COUNT, (long) entry.deliveries);
  }

  static String retried(QueueEntry entry, String queue, Instant until) {
    return line(
        RETRIED,
        entry.message.number(),
        QUEUE,
        queue,
        COUNT,
        (long) entry.deliveries,
        UNTIL,
        until.toEpochMilli());
  }

  static String handled(
      QueueEntry entry, String queue, boolean remember, Instant at, List<Object> outputs) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(HANDLED, entry.message.number());
    json.put(QUEUE, queue);
    if (remember) {
      json.put(KEY, entry.message.key());
      json.put(AT, at.toEpochMilli());
    }
    if (!outputs.isEmpty()) {
      json.put(OUTPUTS, outputs);
    }
    return Json.write(json);
  }

  static String buried(QueueEntry entry, String queue) {
    return line(BURIED, entry.message.number(), QUEUE, queue);
  }

  static String keys(String kind, Object of, KeyWindow window) {
    List<Object> keys = new ArrayList<>();
    window.forEach((key, at) -> keys.add(List.of(key, at.toEpochMilli())));
    return line(kind, of, KEYS, keys);
  }

  private static String line(Object... namesAndValues) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return Json.write(json);
  }
}
