package io.gild.observability;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.PolicyType;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.McpExchanges;
import io.gild.core.RuntimeScope;
import io.gild.core.WorkTraces;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import java.util.List;

/** Spans, meters, log lines and reports. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class ObservabilityModule implements GildModule {

  /** Creates the module; the service loader does. */
  public ObservabilityModule() {}

  @Override
  public String name() {
    return "observability";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(
        Observability.SECTION,
        CallLogSettings.SECTION,
        LogContextSettings.SECTION,
        McpSettings.SECTION);
  }

  @Override
  public List<PolicyType<?>> policies() {
    return List.of(
        PolicyType.of("observe", ObservePolicy.class)
            .onByDefault()
            .inEveryCall()
            .leavingAnswers(policy -> true, policy -> policy));
  }

  @Override
  public List<MeterSpec> meters() {
    return ObservabilityMeter.specs();
  }

  /**
   * Traces MCP and the work of modules, and opens the scrape endpoint before the first call, so
   * that Prometheus finds it.
   */
  @Override
  public void start(RuntimeScope runtime) {
    McpExchanges.of(runtime).traceWith(new McpSpans(runtime));
    WorkTraces.of(runtime).traceWith(new WorkSpans(runtime));
    if (runtime.settings().get(Observability.SECTION).prometheusPort() != null) {
      runtime.shared(Telemetry.class, Telemetry::start).export(runtime);
    }
  }

  @Override
  public List<StageProvider> stages() {
    return List.of(new ObserveProvider(), new FlightProvider());
  }

  @Override
  public List<ContextCarrier> carriers() {
    return List.of(new OpenTelemetryCarrier(), new LoggingContext.Carrier());
  }
}
