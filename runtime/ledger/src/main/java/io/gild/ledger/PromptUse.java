package io.gild.ledger;

import io.gild.config.Experimental;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the prompts of one agent to one model consist of, in tokens: those that the provider
 * counted, divided by the characters of the parts. Immutable.
 *
 * @param agent name of the outermost agent
 * @param method class and method of the outermost agent
 * @param model the model
 * @param requests requests whose content could be read
 * @param input tokens of their prompts
 * @param cached those that the provider read from its cache
 * @param prefix those that begin the same as the request before
 * @param shared those in lines that the request before has anywhere
 * @param repeated those in lines that a request has more than once
 * @param tools those of results of tools
 * @param large those of results of tools beyond about 2,000 tokens each
 */
@Experimental
public record PromptUse(
    String agent,
    String method,
    String model,
    long requests,
    long input,
    long cached,
    long prefix,
    long shared,
    long repeated,
    long tools,
    long large) {

  static PromptUse none(String agent, String method, String model) {
    return new PromptUse(agent, method, model, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Returns the name under which uses of one agent and model are added. */
  String key() {
    return agent + "\n" + method + "\n" + model;
  }

  PromptUse plus(PromptUse other) {
    return new PromptUse(
        agent,
        method,
        model,
        requests + other.requests,
        input + other.input,
        cached + other.cached,
        prefix + other.prefix,
        shared + other.shared,
        repeated + other.repeated,
        tools + other.tools,
        large + other.large);
  }

  Map<String, Object> toPlain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("agent", agent);
    plain.put("method", method);
    plain.put("model", model);
    plain.put("requests", requests);
    plain.put("input", input);
    plain.put("cached", cached);
    plain.put("prefix", prefix);
    plain.put("shared", shared);
    plain.put("repeated", repeated);
    plain.put("tools", tools);
    plain.put("large", large);
    return plain;
  }

  static PromptUse ofPlain(Map<?, ?> plain) {
    return new PromptUse(
        String.valueOf(plain.get("agent")),
        String.valueOf(plain.get("method")),
        String.valueOf(plain.get("model")),
        number(plain, "requests"),
        number(plain, "input"),
        number(plain, "cached"),
        number(plain, "prefix"),
        number(plain, "shared"),
        number(plain, "repeated"),
        number(plain, "tools"),
        number(plain, "large"));
  }

  private static long number(Map<?, ?> plain, String key) {
    return plain.get(key) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }
}
