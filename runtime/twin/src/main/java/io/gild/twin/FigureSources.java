package io.gild.twin;

import io.gild.config.JournalReader;
import io.gild.config.Json;
import io.gild.core.CallKind;
import io.gild.core.Counts;
import io.gild.core.GildRuntime;
import io.gild.core.Ledger;
import io.gild.core.MethodTotals;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the figures of an agent come from: a runtime, or a log of calls. */
final class FigureSources {

  private FigureSources() {}

  static TwinFigures of(GildRuntime runtime, String agent) {
    List<MethodTotals> methods =
        runtime.totals().stream()
            .filter(each -> each.spec().kind() == CallKind.AGENT)
            .filter(each -> each.spec().agent().equals(agent))
            .toList();
    List<Ledger.Line> lines =
        runtime.ledger().lines().stream().filter(line -> line.agent().equals(agent)).toList();
    return new TwinFigures(
        "runtime",
        sum(methods, Counts.Event.STARTED),
        sum(methods, Counts.Event.FAILED),
        sum(methods, Counts.Event.REFUSED),
        lines.stream().mapToLong(line -> line.usage().inputTokens()).sum(),
        lines.stream().mapToLong(line -> line.usage().outputTokens()).sum(),
        BigDecimal.valueOf(lines.stream().mapToLong(Ledger.Line::nanoUsd).sum(), 9),
        lines.stream().mapToLong(Ledger.Line::unpricedRequests).sum(),
        null,
        null,
        0);
  }

  private static long sum(List<MethodTotals> methods, Counts.Event event) {
    return methods.stream().mapToLong(method -> method.counts().get(event)).sum();
  }

  /**
   * Sums up the calls of an agent in the log that {@code observability.call-log} names. A line of a
   * sample stands for several calls.
   *
   * @throws TwinException if it cannot be read, or a line is none of a log of calls
   */
  static TwinFigures ofCallLog(Path log, String agent) {
    if (!Files.isRegularFile(log)) {
      throw new TwinException(
          "There is no log of calls " + log + "; observability.call-log in gild.yaml names one.");
    }
    CallLogSum sum = new CallLogSum();
    try (JournalReader lines = JournalReader.open(log)) {
      for (JournalReader.Line line = lines.next(); line != null; line = lines.next()) {
        if (line.isJson() && Json.read(line.text()) instanceof Map<?, ?> call) {
          sum.add(call, agent);
        }
      }
    } catch (IOException failure) {
      throw new TwinException("Cannot read " + log + ": " + failure, failure);
    }
    return sum.figures(String.valueOf(log.getFileName()));
  }
}
