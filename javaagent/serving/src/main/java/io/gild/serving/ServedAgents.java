package io.gild.serving;

import io.gild.a2a.server.A2aSettings;
import io.gild.a2a.server.ServeRule;
import io.gild.a2a.server.ServeSettings;
import io.gild.core.GildLog;
import io.gild.weaver.ClassShape;
import io.gild.weaver.EngineSettings;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.ServedMethods;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agents that {@code a2a.serve} names. The server starts when the first of their classes is
 * there.
 */
public final class ServedAgents implements ServedMethods {

  /** Set by {@code gild serve}, which serves by itself and by the same settings. */
  private static final String COMMAND = "gild.serving";

  private final List<ServedSkill> skills = new ArrayList<>();
  private final List<String> matches = new ArrayList<>();
  private final SkillServer server;

  private ServedAgents(
      A2aSettings settings,
      List<ServeRule> rules,
      Instrumentation instrumentation,
      LazyRuntime runtime) {
    for (ServeRule rule : rules) {
      skills.add(new ServedSkill(instrumentation, rule));
      matches.add(rule.match());
    }
    this.server = new SkillServer(settings, skills, runtime);
  }

  /**
   * Reads which methods are served; nothing else is loaded if there are none.
   *
   * @param settings the agent's settings; only those of a file are read, because the agent must not
   *     read any before main without need
   * @param instrumentation the JVM's
   * @param runtime governs the calls
   * @return the methods
   */
  public static ServedMethods of(
      EngineSettings settings, Instrumentation instrumentation, LazyRuntime runtime) {
    if (!settings.isRead()) {
      return NONE;
    }
    List<ServeRule> rules = settings.settings().get(ServeSettings.SECTION).serve();
    if (rules.isEmpty()) {
      return NONE;
    }
    if (Boolean.getBoolean(COMMAND)) {
      GildLog.info(
          "a2a.serve has no effect, because gild serve serves the agents that it is given");
      return NONE;
    }
    return new ServedAgents(
        settings.settings().get(A2aSettings.SECTION), rules, instrumentation, runtime);
  }

  @Override
  public List<String> matches() {
    return List.copyOf(matches);
  }

  @Override
  public boolean wantsClass(String className) {
    for (ServedSkill skill : skills) {
      if (skill.wantsClass(className)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String agent(String className, String methodName) {
    for (ServedSkill skill : skills) {
      if (skill.isOf(className, methodName)) {
        return skill.rule().agent();
      }
    }
    return "";
  }

  @Override
  public void found(@Nullable ClassLoader loader, ClassShape shape) {
    boolean any = false;
    for (ServedSkill skill : skills) {
      if (skill.wantsClass(shape.name())) {
        any |= skill.found(loader, shape);
      }
    }
    if (any) {
      server.begin();
    }
  }

  @Override
  public void made(String className, Object object) {
    for (ServedSkill skill : skills) {
      if (skill.wantsClass(className)) {
        skill.made(className, object);
      }
    }
  }

  @Override
  public void called(String className, Object object) {
    for (ServedSkill skill : skills) {
      if (skill.wantsClass(className)) {
        skill.called(className, object);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
