package io.gild.cli;

import io.gild.config.Json;
import io.gild.memory.AgentMemory;
import io.gild.memory.InProcessSessionStore;
import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryJson;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionSnapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists tenants, memories and sessions, or prints one of them. */
@Command(
    name = "show",
    description = "Lists the memories of a tenant, or its sessions, or prints one of them.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemoryShowCommand implements Callable<Integer> {

  @Mixin private MemoryOptions memory;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "the memory to print as JSON")
  private @Nullable String id;

  @Option(names = "--tenants", description = "list the tenants instead")
  private boolean tenants;

  @Option(names = "--sessions", description = "list the sessions instead")
  private boolean sessions;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "print the messages of this session instead")
  private @Nullable String session;

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      defaultValue = "",
      description = "the agent of --session (default: a session of all agents)")
  private String agent;

  @Option(names = "--all", description = "also memories that were superseded or pruned")
  private boolean all;

  @Override
  public Integer call() throws IOException {
    return memory.reading(this::show);
  }

  private int show(AgentMemory found) {
    PrintWriter out = memory.out();
    if ((sessions || session != null)
        && found.sessions().store() instanceof InProcessSessionStore) {
      out.println(
          "memory.session.store is in-process: only the application itself sees its sessions.");
      return 1;
    }
    if (tenants) {
      return print(tenants(found), List.of("tenant", "memories", "sessions"), "No tenant.");
    }
    if (sessions) {
      return print(
          sessions(found),
          List.of("agent", "session", "messages", "tokens", "expires"),
          "No session of tenant \"" + memory.tenant() + "\".");
    }
    if (session != null) {
      return print(found, session);
    }
    if (id == null) {
      return print(
          memories(found.memories()),
          List.of("id", "kind", "importance", "created", "uses", "text"),
          "No memory of tenant \"" + memory.tenant() + "\".");
    }
    Memory one = found.memories().get(memory.tenant(), id).orElse(null);
    if (one == null) {
      out.println("Tenant \"" + memory.tenant() + "\" has no memory " + id + ".");
      return 1;
    }
    out.println(Json.pretty(MemoryJson.of(one)).stripTrailing());
    return 0;
  }

  private int print(List<List<String>> rows, List<String> head, String none) {
    if (rows.isEmpty()) {
      memory.out().println(none);
      return 0;
    }
    List<List<String>> table = new ArrayList<>();
    table.add(head);
    table.addAll(rows);
    Columns.of(table).forEach(memory.out()::println);
    return 0;
  }

  private static List<List<String>> tenants(AgentMemory found) {
    List<String> names = new ArrayList<>(found.memories().store().tenants());
    found.sessions().store().tenants().stream()
        .filter(name -> !names.contains(name))
        .forEach(names::add);
    return names.stream()
        .sorted()
        .map(name ->
            List.of(
                "\"" + name + "\"",
                String.valueOf(found.memories().all(name).size()),
                String.valueOf(found.sessions().store().sessions(name).size())))
        .toList();
  }

  private List<List<String>> sessions(AgentMemory found) {
    return found.sessions().store().sessions(memory.tenant()).stream()
        .sorted(Comparator.comparing(SessionKey::agent).thenComparing(SessionKey::session))
        .map(key -> row(found.sessions().session(key).snapshot()))
        .toList();
  }

  private static List<String> row(SessionSnapshot found) {
    return List.of(
        found.key().agent(),
        found.key().session(),
        String.valueOf(found.messages().size()),
        String.valueOf(found.tokens()),
        found.expires() == null ? "never" : found.expires().toString());
  }

  private int print(AgentMemory found, String sessionId) {
    SessionKey key = new SessionKey(memory.tenant(), agent, sessionId);
    List<SessionMessage> messages = found.sessions().session(key).messages();
    if (messages.isEmpty()) {
      memory.out().println("There is no " + key + ".");
      return 1;
    }
    for (SessionMessage message : messages) {
      String role = message.role().name().toLowerCase(Locale.ROOT);
      memory.out().println(message.at() + " " + role + ": " + message.text());
    }
    return 0;
  }

  private List<List<String>> memories(Memories found) {
    return found.all(memory.tenant()).stream()
        .filter(each -> all || each.pruned() == null && each.validUntil() == null)
        .map(each ->
            List.of(
                each.id(),
                each.kind(),
                String.valueOf(each.importance()),
                each.created().toString(),
                String.valueOf(each.uses()),
                MemoryText.oneLine(each.text())))
        .toList();
  }
}
