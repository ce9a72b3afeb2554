package io.gild.serving;

import io.gild.a2a.serve.LateSkill;
import io.gild.a2a.serve.ServedObject;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aServer;
import io.gild.a2a.server.A2aSettings;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.weaver.LazyRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The server of the skills, which starts on a thread of its own. Thread-safe. */
final class SkillServer implements Runnable, AutoCloseable {

  private final A2aSettings settings;
  private final List<ServedSkill> skills;
  private final LazyRuntime runtime;
  private final AtomicBoolean begun = new AtomicBoolean();
  private boolean closed;
  private @Nullable A2aServer server;

  SkillServer(A2aSettings settings, List<ServedSkill> skills, LazyRuntime runtime) {
    this.runtime = runtime;
    this.settings = settings;
    this.skills = List.copyOf(skills);
  }

  /** Starts the server, unless it was started before; waits for nothing. */
  void begin() {
    if (begun.compareAndSet(false, true)) {
      Thread thread = GildRuntime.neutrally(() -> new Thread(null, this, "gild-serving", 0, false));
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    try {
      open();
    } catch (Throwable failure) {
      GildLog.info("a2a.serve: nothing is served: " + failure.getMessage());
    }
  }

  private synchronized void open() {
    if (closed) {
      return;
    }
    List<A2aAgent> agents = agents();
    A2aServer.Builder builder = A2aServer.builder().settings(settings);
    agents.forEach(builder::agent);
    A2aServer started = builder.start();
    server = started;
    for (A2aAgent agent : agents) {
      GildLog.info(
          "serves agent %s at %s/agents/%s"
              .formatted(agent.card().name(), started.url(), agent.name()));
    }
  }

  private List<A2aAgent> agents() {
    Map<String, List<ServedSkill>> byAgent = new LinkedHashMap<>();
    for (ServedSkill skill : skills) {
      if (skill.problem() == null) {
        byAgent.computeIfAbsent(skill.rule().agent(), name -> new ArrayList<>()).add(skill);
      }
    }
    List<A2aAgent> agents = new ArrayList<>();
    byAgent.forEach((name, own) -> agents.add(agent(name, own)));
    return agents;
  }

  private A2aAgent agent(String name, List<ServedSkill> skills) {
    Map<String, LateSkill> late = new LinkedHashMap<>();
    Map<String, String> descriptions = new LinkedHashMap<>();
    String description = null;
    for (ServedSkill skill : skills) {
      String id = skill.rule().method();
      String written = skill.rule().description();
      description = description == null ? written : description;
      late.put(id, skill);
      descriptions.put(id, written == null ? name + "." + id : written);
    }
    if (description == null) {
      description = "The agent " + name + ".";
    }
    A2aAgent agent = ServedObject.agent(name, description, late, descriptions);
    return A2aAgent.of(
        agent.name(),
        agent.card(),
        exchange -> {
          ClassLoader own = Thread.currentThread().getContextClassLoader();
          try {
            runtime.get(); // what measures a skill must find the agent's runtime
            agent.handler().handle(exchange);
          } finally {
            Thread.currentThread().setContextClassLoader(own);
          }
        });
  }

  @Override
  public void close() {
    A2aServer open;
    synchronized (this) {
      closed = true;
      open = server;
      server = null;
    }
    if (open != null) {
      open.close();
    }
  }
}
