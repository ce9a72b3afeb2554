package io.gild.twin;

import io.gild.config.Json;
import io.gild.config.Setting;
import io.gild.memory.Memory;
import io.gild.memory.MemoryJson;
import io.gild.memory.MemoryRecord;
import io.gild.memory.SessionJson;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.SessionSummary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of a twin by section and subject, each with a digest and a short text, so that large
 * twins can be compared. Not thread-safe.
 */
final class TwinContent implements TwinVisitor {

  private static final int SHOWN = 80;
  private static final String EXPERIENCE = "experience";

  /**
   * One subject.
   *
   * @param digest equal if the content is
   * @param text what people see of it
   * @param messages messages of a session; -1 of anything else
   */
  record Item(String digest, String text, int messages) {}

  private final Map<String, Map<String, Item>> sections = new LinkedHashMap<>();

  static TwinContent of(TwinSource source) {
    TwinContent content = new TwinContent();
    content.add(source.twin());
    source.visit(content);
    return content;
  }

  Map<String, Item> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }

  Map<String, Map<String, Item>> sections() {
    return sections;
  }

  private void put(String section, String subject, String text) {
    put(section, subject, new Item(text, TwinText.shortened(text, SHOWN), -1));
  }

  private void put(String section, String subject, Item item) {
    sections.computeIfAbsent(section, none -> new TreeMap<>()).put(subject, item);
  }

  private void add(Twin twin) {
    put("agent", "name", twin.agent());
    put("agent", "version", twin.version());
    for (TwinMethod method : twin.methods()) {
      String name = RecordedCalls.name(method.spec());
      put("method", name, method.spec().descriptor());
      for (Setting each : method.policies()) {
        put("policy", name + " " + each.path(), Json.write(each.value()));
      }
    }
    twin.settings()
        .settings()
        .forEach(each -> put("setting", each.path(), Json.write(each.value())));
    twin.models()
        .forEach(
            model -> put("model", model.name(), model.tier().isEmpty() ? "no tier" : model.tier()));
    twin.prompts().forEach(prompt -> put("prompt", prompt.sha256(), "SHA-256 " + prompt.sha256()));
    twin.breakers().forEach((name, state) -> put("breaker", name, state));
    TwinFigures figures = twin.figures();
    if (figures != null) {
      TwinJson.of(figures).forEach((name, value) -> put("figure", name, String.valueOf(value)));
    }
  }

  @Override
  public void memory(MemoryRecord record) {
    Memory memory = record.memory();
    Map<String, Object> json = new LinkedHashMap<>(MemoryJson.of(memory));
    json.remove("uses"); // each recall counts one
    json.remove("last-used");
    String tenant = memory.owner().tenant();
    put(
        memory.kind().equals(EXPERIENCE) ? EXPERIENCE : "memory",
        (tenant.isEmpty() ? "" : tenant + "/") + memory.id(),
        new Item(Sha256.of(Json.write(json)), TwinText.shortened(memory.text(), SHOWN), -1));
  }

  @Override
  public void session(SessionSnapshot session) {
    MessageDigest digest = Sha256.digest();
    for (SessionMessage message : session.messages()) {
      update(digest, Json.write(SessionJson.of(message)));
    }
    SessionSummary summary = session.summary();
    update(digest, summary == null ? "" : Json.write(SessionJson.of(summary)));
    update(digest, Json.write(session.values()));
    String tenant = session.key().tenant();
    int messages = session.messages().size();
    put(
        "session",
        (tenant.isEmpty() ? "" : tenant + "/") + session.key().session(),
        new Item(HexFormat.of().formatHex(digest.digest()), "messages: " + messages, messages));
  }

  private static void update(MessageDigest digest, String text) {
    digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
