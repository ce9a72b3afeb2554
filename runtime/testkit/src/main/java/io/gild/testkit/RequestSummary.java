package io.gild.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gild.config.Experimental;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The totals of a provider's log.
 *
 * @param all over everything
 * @param byModel by the name of the model
 * @param byFault how many requests got each fault, {@link Fault#OK} included
 */
@Experimental
public record RequestSummary(Totals all, Map<String, Totals> byModel, Map<Fault, Integer> byFault) {

  public RequestSummary {
    byModel = Collections.unmodifiableMap(new TreeMap<>(byModel));
    byFault = Collections.unmodifiableMap(new TreeMap<>(byFault));
  }

  /** Sums over some requests. */
  public record Totals(long requests, long succeeded, long promptTokens, long completionTokens) {

    private static final Totals ZERO = new Totals(0, 0, 0, 0);

    /** Returns how many requests did not get a complete and valid answer. */
    public long failed() {
      return requests - succeeded;
    }

    Totals plus(LoggedRequest request) {
      return new Totals(
          requests + 1,
          succeeded + (request.succeeded() ? 1 : 0),
          promptTokens + request.promptTokens(),
          completionTokens + request.completionTokens());
    }

    ObjectNode toJson() {
      return JsonNodes.object()
          .put("requests", requests)
          .put("succeeded", succeeded)
          .put("failed", failed())
          .put("promptTokens", promptTokens)
          .put("completionTokens", completionTokens);
    }
  }

  /** Sums up the given requests. */
  public static RequestSummary of(Collection<LoggedRequest> requests) {
    Totals all = Totals.ZERO;
    Map<String, Totals> byModel = new TreeMap<>();
    Map<Fault, Integer> byFault = new TreeMap<>();
    for (LoggedRequest request : requests) {
      all = all.plus(request);
      byModel.merge(request.model(), Totals.ZERO.plus(request), (sum, one) -> sum.plus(request));
      byFault.merge(request.fault(), 1, Integer::sum);
    }
    return new RequestSummary(all, byModel, byFault);
  }

  /** Returns these totals as one JSON object. */
  public String toJson() {
    ObjectNode json = all.toJson();
    ObjectNode models = json.putObject("byModel");
    byModel.forEach((model, totals) -> models.set(model, totals.toJson()));
    ObjectNode faults = json.putObject("byFault");
    byFault.forEach((fault, count) -> faults.put(fault.name(), count));
    return JsonNodes.write(json);
  }
}
