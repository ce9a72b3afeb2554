package io.gild.cli;

import io.gild.config.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of an inventory, by the class and method of the application. */
final class MigrateFigures {

  private final Map<String, Facts> methods = new HashMap<>();

  private MigrateFigures() {}

  /**
   * Reads the JSON that an inventory wrote.
   *
   * @param file the file; {@code null} for no figures
   */
  static MigrateFigures read(@Nullable Path file) throws IOException {
    MigrateFigures figures = new MigrateFigures();
    if (file != null) {
      for (Object each : Facts.of(Json.read(Files.readString(file))).list("agents")) {
        Facts agent = Facts.of(each);
        figures.methods.put(agent.text("entry").replace('$', '.'), agent);
      }
    }
    return figures;
  }

  /** Returns what was observed of a method, one line each; empty without an inventory. */
  List<String> of(String className, String method) {
    Facts agent = methods.get(className + "#" + method);
    List<String> lines = new ArrayList<>();
    if (agent == null) {
      return lines;
    }
    lines.add(
        "observed: "
            + NumberText.count(agent.number("calls"), "call")
            + ", "
            + agent.number("failed")
            + " failed, "
            + agent.number("repeats")
            + " repeated, "
            + NumberText.dollars(agent.decimal("costUsd")));
    for (Object each : agent.list("proposals")) {
      Facts policy = Facts.of(each);
      lines.add("proposed: " + policy.text("annotation") + ": " + policy.text("reason"));
    }
    BigDecimal saving = saving(agent);
    if (saving.signum() > 0) {
      lines.add(
          "a cache would have saved up to "
              + NumberText.dollars(saving)
              + " of that, the cost of the repeated calls at the mean cost of a call");
    }
    return lines;
  }

  private static BigDecimal saving(Facts agent) {
    long calls = agent.number("calls");
    return calls == 0
        ? BigDecimal.ZERO
        : agent
            .decimal("costUsd")
            .multiply(BigDecimal.valueOf(agent.number("repeats")))
            .divide(BigDecimal.valueOf(calls), MathContext.DECIMAL32);
  }
}
