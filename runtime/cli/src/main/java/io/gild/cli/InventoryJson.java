package io.gild.cli;

import io.gild.config.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the findings and the proposals as JSON. */
final class InventoryJson {

  private InventoryJson() {}

  static String of(InventoryData seen, List<Proposal> proposals, String yaml) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("jvms", seen.jvms());
    root.put("seconds", seen.seconds());
    root.put("libraries", seen.libraries());
    root.put("calls", seen.calls());
    root.put("agents", proposals.stream().map(InventoryJson::agent).toList());
    root.put("tools", seen.tools());
    root.put(
        "sideEffects",
        seen.tools().keySet().stream().filter(ToolNames::looksLikeSideEffect).toList());
    root.put("gildYaml", yaml);
    return Json.pretty(root);
  }

  private static Map<String, Object> agent(Proposal proposal) {
    SeenAgent agent = proposal.agent();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", agent.name());
    json.put("entry", agent.entry());
    json.put("calls", agent.calls());
    json.put("failed", agent.failed());
    json.put("repeats", agent.repeats());
    json.put("costUsd", agent.costUsd());
    json.put("places", agent.places().stream().map(InventoryJson::place).toList());
    json.put("proposals", proposal.policies().stream().map(InventoryJson::policy).toList());
    json.put("notes", proposal.notes());
    return json;
  }

  private static Map<String, Object> place(ModelCalls place) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("site", place.site());
    json.put("line", place.line());
    json.put("api", place.api());
    json.put("library", place.library());
    json.put("streaming", place.streaming());
    json.put("calls", place.calls());
    json.put("failed", place.failed());
    json.put("failures", place.failures());
    json.put("repeats", place.repeats());
    json.put("httpRequests", place.httpRequests());
    json.put("retryLayers", place.retryLayers());
    json.put("p50Millis", place.p50());
    json.put("p95Millis", place.p95());
    json.put("p99Millis", place.p99());
    json.put("models", place.models().stream().map(InventoryJson::model).toList());
    json.put("tools", place.tools());
    return json;
  }

  private static Map<String, Object> model(ModelCalls.ModelUse use) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", use.model());
    json.put("calls", use.calls());
    json.put("inputTokens", use.inputTokens());
    json.put("outputTokens", use.outputTokens());
    json.put("costUsd", use.costUsd());
    json.put("unpriced", use.unpriced());
    return json;
  }

  private static Map<String, Object> policy(Proposal.Policy policy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("policy", policy.key());
    json.put("yaml", policy.key() + ": " + policy.value());
    json.put("annotation", policy.annotation());
    json.put("reason", policy.reason());
    return json;
  }
}
