package io.gild.compiler;

import io.gild.config.Keys;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Reads, checks and writes one agent after the other. */
final class AgentHandler {

  /** How many methods a summary names. */
  private static final int NAMED = 5;

  /** The methods that are governed in place, in their own class file, and not by a wrapper. */
  private enum InPlace {
    FALSE,
    TRUE,
    ONLY
  }

  private final Diagnostics diagnostics;
  private final AgentReader reader;
  private final List<Check> checks;
  private final ProcessingEnvironment environment;
  private final RegistryWriter registry;
  private final AgentCardWriter cards;
  private final InPlace inPlace;
  private final boolean addsSources;
  private final Inheritance inheritance;
  private final List<String> toWeave = new ArrayList<>();
  private @Nullable WrapperWriter wrappers;

  /**
   * @param addsSources whether the environment accepts new sources; without them, classes are
   *     governed in place and interfaces get no decorator
   */
  AgentHandler(ProcessingEnvironment environment, boolean addsSources) {
    PackedModules.use();
    this.addsSources = addsSources;
    this.environment = environment;
    Map<String, String> options = environment.getOptions();
    Elements elements = environment.getElementUtils();
    Descriptors descriptors = new Descriptors(environment);
    diagnostics = new Diagnostics(RepeatedMessager.of(environment));
    inheritance = new Inheritance(environment);
    reader = new AgentReader(environment, descriptors, inheritance);
    registry = new RegistryWriter(environment, descriptors);
    cards = new AgentCardWriter(environment.getFiler());
    inPlace = addsSources ? inPlace(options, diagnostics) : InPlace.ONLY;
    checks =
        List.of(
            new AgentCheck(),
            new SameNameCheck(),
            new ShapeCheck(inPlace != InPlace.FALSE),
            new ModulesCheck(elements),
            new PolicyValuesCheck(elements),
            new NamesCheck(settings(options, diagnostics)),
            new CachedCheck(new Consumed(environment)),
            new FrameworkCheck(inPlace != InPlace.FALSE, elements),
            new EffectCheck(),
            new FallbackCheck(environment),
            new RolesCheck(),
            new SkillCheck(),
            new WorkflowCheck(environment),
            new MemoryCheck(new Consumed(environment)),
            new GoldenCheck(
                new GoldenTypes(environment),
                new GoldenResources(
                    environment.getFiler(), options.get(ProcessorOptions.RESOURCES)),
                elements));
  }

  /**
   * Handles a type.
   *
   * @return whether the compiler resolves everything in its declaration, so that it could be
   *     handled
   */
  boolean handle(TypeElement type) {
    try {
      if (!Known.isKnown(type)) {
        return false;
      }
      run(type);
    } catch (RuntimeException | LinkageError e) {
      diagnostics.onElement(Message.INTERNAL, type, type.getSimpleName(), trace(e));
    }
    return true;
  }

  /** Reports that something could not be handled, without a place. */
  static void failed(Messager messager, String what, Throwable failure) {
    new Diagnostics(messager).anywhere(Message.INTERNAL, what, trace(failure));
  }

  private void run(TypeElement type) {
    AgentModel agent = reader.read(type);
    int before = diagnostics.errors();
    checks.forEach(check -> check.check(agent, diagnostics));
    if (diagnostics.errors() > before || agent.methods().isEmpty()) {
      return;
    }
    try {
      boolean wrapped = isToWrap(type);
      if (wrapped) {
        writeWrapper(agent);
      }
      if (!type.getKind().isInterface()) {
        noteWeaving(agent, wrapped);
      }
      registry.write(agent, wrapped ? WrapperWriter.nameOf(type).reflectionName() : null);
      cards.write(agent);
    } catch (IOException e) {
      diagnostics.onElement(Message.CANNOT_WRITE, type, type.getSimpleName(), e);
    }
  }

  private void noteWeaving(AgentModel agent, boolean wrapped) {
    for (AgentModel.Method method : agent.methods()) {
      if (!wrapped || ShapeCheck.wrongWith(method.element()) != null) {
        toWeave.add(agent.type().getSimpleName() + "." + method.name());
      }
    }
  }

  /** Warns of overriding methods that are not governed, in a type without agents. */
  void handleOthers(TypeElement type) {
    try {
      for (ExecutableElement method : inheritance.ungoverned(type)) {
        diagnostics.onElement(Message.METHOD_OVERRIDDEN, method, method.getSimpleName());
      }
    } catch (RuntimeException | LinkageError e) {
      diagnostics.onElement(Message.INTERNAL, type, type.getSimpleName(), trace(e));
    }
  }

  /** Reports the steps that remain after the compilation. */
  void finish() {
    if (!toWeave.isEmpty()) {
      List<String> some = toWeave.subList(0, Math.min(NAMED, toWeave.size()));
      diagnostics.anywhere(
          Message.WEAVING_NEEDED,
          toWeave.size(),
          String.join(", ", some) + (toWeave.size() > NAMED ? ", ..." : ""));
    }
  }

  private boolean isToWrap(TypeElement type) {
    boolean isInterface = type.getKind().isInterface();
    if (isInterface && !addsSources) {
      diagnostics.onElement(Message.INTERFACE_NO_DECORATOR, type, type.getSimpleName());
      return false;
    }
    return ShapeCheck.wrongWith(type) == null && (inPlace != InPlace.ONLY || isInterface);
  }

  private void writeWrapper(AgentModel agent) throws IOException {
    if (wrappers == null) {
      wrappers = new WrapperWriter(environment);
    }
    wrappers.write(agent);
  }

  private static InPlace inPlace(Map<String, String> options, Diagnostics diagnostics) {
    String value = options.getOrDefault(ProcessorOptions.WEAVING, "false");
    for (InPlace each : InPlace.values()) {
      if (Keys.kebab(each).equals(value)) {
        return each;
      }
    }
    diagnostics.anywhere(Message.WEAVING_BAD_VALUE, value);
    return InPlace.FALSE;
  }

  private static Settings settings(Map<String, String> options, Diagnostics diagnostics) {
    String file = options.get(ProcessorOptions.CONFIG);
    if (file == null) {
      return Settings.defaults();
    }
    try {
      return Settings.builder().file(Path.of(file)).build();
    } catch (SettingsException e) {
      e.problems().forEach(problem -> diagnostics.anywhere(Message.SETTINGS_BROKEN, problem));
      return Settings.defaults();
    }
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
