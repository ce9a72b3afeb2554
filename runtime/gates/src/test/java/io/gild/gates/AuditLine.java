package io.gild.gates;

import io.gild.config.HashChain;
import io.gild.config.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line of an audit log as a forger would make it. */
final class AuditLine {

  private AuditLine() {}

  static HashChain.Link after(AuditLog.Head head, Instant at, Map<String, ?> event) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("at", at.toString());
    content.putAll(event);
    return HashChain.link(new HashChain.Head(head.lines(), head.hash()), Json.write(content));
  }

  static HashChain.Link read(String text) {
    HashChain.Link link = HashChain.read(text);
    if (link == null) {
      throw new IllegalArgumentException("not a line of an audit log: " + text);
    }
    return link;
  }
}
