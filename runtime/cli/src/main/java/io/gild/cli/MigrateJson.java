package io.gild.cli;

import io.gild.config.Json;
import io.gild.recipes.Advice;
import io.gild.recipes.AgentReport;
import io.gild.recipes.MethodReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a migration, for programs. */
final class MigrateJson {

  private final MigrateFigures figures;

  private MigrateJson(MigrateFigures figures) {
    this.figures = figures;
  }

  static String of(
      Path root,
      List<MigratedModule> modules,
      MigrateFigures figures,
      String apply,
      boolean written) {
    MigrateJson json = new MigrateJson(figures);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("root", root.toString());
    object.put("apply", apply);
    object.put("written", written);
    object.put("modules", modules.stream().map(json::module).toList());
    return Json.pretty(object);
  }

  private Map<String, Object> module(MigratedModule module) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", module.report().name());
    object.put("outcome", lower(module.outcome()));
    object.put("detail", module.detail());
    object.put("files", module.report().files());
    object.put("changed", module.report().changed());
    object.put("agents", module.report().agents().stream().map(this::agent).toList());
    object.put("notes", module.report().notes());
    return object;
  }

  private Map<String, Object> agent(AgentReport agent) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", agent.name());
    object.put("class", agent.className());
    object.put("file", agent.file());
    object.put("refusal", agent.refusal());
    object.put(
        "methods", agent.methods().stream().map(each -> method(agent, each)).toList());
    return object;
  }

  private Map<String, Object> method(AgentReport agent, MethodReport method) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", method.name());
    object.put("line", method.line());
    object.put("library", method.library());
    object.put("code", method.code());
    object.put("advice", method.advice().stream().map(MigrateJson::advice).toList());
    object.put("observed", figures.of(agent.className(), method.name()));
    return object;
  }

  private static Map<String, Object> advice(Advice advice) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("policy", advice.policy());
    object.put("verdict", lower(advice.verdict()));
    object.put("reason", advice.reason());
    object.put("line", advice.line());
    return object;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
