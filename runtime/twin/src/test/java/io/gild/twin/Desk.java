package io.gild.twin;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.memory.AgentMemory;
import io.gild.memory.ChatSession;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryOwner;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A data folder with two agents. */
final class Desk implements AutoCloseable {

  static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final GildRuntime runtime;
  private final AgentMemory memory;

  private Desk(GildRuntime runtime, AgentMemory memory) {
    this.runtime = runtime;
    this.memory = memory;
  }

  static Desk open(Path data) {
    GildRuntime runtime = runtime(data);
    return new Desk(runtime, AgentMemory.of(runtime));
  }

  static Desk restoring(Path data) {
    GildRuntime runtime = runtime(data);
    return new Desk(runtime, AgentMemory.restoring(runtime));
  }

  static GildRuntime runtime(Path data) {
    return GildRuntime.builder().settings(settings(data)).build();
  }

  static Settings settings(Path data) {
    return Settings.builder()
        .property("gild.data", data.toString())
        .property("gild.memory.session.store", "folder")
        .property("gild.memory.long-term.store", "folder")
        .build();
  }

  GildRuntime runtime() {
    return runtime;
  }

  AgentMemory memory() {
    return memory;
  }

  TwinRestore restore() {
    return new TwinRestore(runtime, memory);
  }

  Desk remember(String id, String tenant, String agent, String text) {
    memory
        .memories()
        .remember(new MemoryDraft(text).id(id).owner(new MemoryOwner(tenant, agent, "")));
    return this;
  }

  Desk say(String tenant, String agent, String session, String... texts) {
    ChatSession conversation = memory.sessions().session(new SessionKey(tenant, agent, session));
    for (int i = 0; i < texts.length; i++) {
      conversation.append(
          SessionMessage.of(texts[i], i % 2 == 0 ? Role.USER : Role.ASSISTANT, texts[i], AT));
    }
    return this;
  }

  /** Two tenants, two agents, one shared memory. */
  Desk fill(String version) {
    return remember("m1", "", "desk", "Ann prefers e-mail, " + version)
        .remember("m2-" + version, "acme", "desk", "Acme pays late, " + version)
        .remember("m3", "", "", "The office is closed on Sunday, " + version)
        .remember("m4", "", "other", "Bob likes tea, " + version)
        .say("", "desk", "s1", "Hello " + version, "Good day")
        .say("acme", "desk", "s2-" + version, "Where is it?", "Here")
        .say("", "other", "s3", "Not yours " + version);
  }

  TwinSnapshot snapshot() {
    return snapshot("desk");
  }

  TwinSnapshot snapshot(String agent) {
    return TwinSnapshot.builder(agent, runtime.settings()).memory(memory, true).build();
  }

  /** Returns all that an agent has, as text. */
  static List<String> content(TwinSource source) {
    return TwinDiff.of(source, source).isEmpty()
        ? TwinContent.of(source).sections().entrySet().stream()
            .filter(
                section -> List.of("memory", "experience", "session").contains(section.getKey()))
            .flatMap(section ->
                section.getValue().entrySet().stream()
                    .map(item ->
                        section.getKey() + " " + item.getKey() + " " + item.getValue().digest()))
            .toList()
        : List.of("a twin that differs from itself");
  }

  @Override
  public void close() {
    memory.close();
    runtime.close();
  }
}
