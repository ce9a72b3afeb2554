package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Parameter;
import io.gild.config.Json;
import io.gild.config.Keys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Writes the declarations of an agent to {@code META-INF/gild/agents/<binary name>.json}. */
final class RegistryWriter {

  private final RegistryFiles files;
  private final Elements elements;
  private final Descriptors descriptors;

  RegistryWriter(ProcessingEnvironment environment, Descriptors descriptors) {
    this.files = new RegistryFiles(environment.getFiler(), RegistryFiles.AGENTS);
    this.elements = environment.getElementUtils();
    this.descriptors = descriptors;
  }

  /**
   * @param wrapper name of the generated class, or {@code null} if there is none
   */
  void write(AgentModel agent, @Nullable String wrapper) throws IOException {
    String text = Json.pretty(entry(agent, wrapper));
    files.write(agent.binaryName() + ".json", text, agent.type());
  }

  private Map<String, @Nullable Object> entry(AgentModel agent, @Nullable String wrapper) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("schema", 1);
    entry.put("type", agent.binaryName());
    entry.put("agent", agent.name());
    entry.put("version", agent.version());
    entry.put("description", agent.description());
    entry.put("wrapper", wrapper);
    boolean wrapped = wrapper != null;
    entry.put("methods", agent.methods().stream().map(each -> method(each, wrapped)).toList());
    return entry;
  }

  private Map<String, Object> method(Method method, boolean wrapped) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", method.name());
    entry.put("descriptor", method.descriptor());
    entry.put("parameters", method.parameters().stream().map(this::parameter).toList());
    entry.put("returns", descriptors.binaryName(method.element().getReturnType()));
    entry.put("effect", Keys.kebab(method.effect()));
    if (!wrapped || ShapeCheck.wrongWith(method.element()) != null) {
      entry.put("woven", true);
    }
    Map<String, Object> policies = new LinkedHashMap<>();
    method
        .policies()
        .forEach(policy -> policies.put(policy.key(), policy.mirror().plain(elements)));
    entry.put("policies", policies);
    List<Object> golden = new ArrayList<>();
    method.golden().forEach(task -> golden.add(task(task)));
    entry.put("golden", golden);
    Mirror.of(method.element(), Names.ANNOTATIONS + "Skill")
        .ifPresent(mirror -> entry.put("skill", new SkillModel(method, mirror).id()));
    return entry;
  }

  private Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", parameter.name());
    entry.put("type", descriptors.binaryName(parameter.element().asType()));
    entry.put("role", Keys.kebab(parameter.role()));
    return entry;
  }

  private Map<String, Object> task(Mirror task) {
    Map<String, Object> entry = new LinkedHashMap<>();
    if (!task.text("file").isEmpty()) {
      entry.put("file", task.text("file"));
      return entry;
    }
    entry.putAll(task.plain(elements));
    return entry;
  }
}
