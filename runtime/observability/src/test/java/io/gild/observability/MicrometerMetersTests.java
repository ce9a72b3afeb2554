package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.spi.MeterSpec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrometerMetersTests {

  private static final MeterSpec SIZE = MeterSpec.gauge("gild.test.size", "Size").by("kind");
  private static final MeterSpec STATE =
      MeterSpec.gauge("gild.test.state", "State").highest().by("kind");
  private static final MeterSpec COUNT = MeterSpec.counter("gild.test.count", "Count").by("kind");

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final Telemetry telemetry = Telemetry.of(registry);
  private final GildRuntime runtime = TestRuntime.with(telemetry);

  @Test
  void combinesNumbersThatShareASeries() throws Exception {
    telemetry.export(runtime);
    AtomicInteger one = new AtomicInteger(2);
    AtomicInteger two = new AtomicInteger(3);
    AutoCloseable first = runtime.meters().publish(SIZE, one, AtomicInteger::get, "a");
    AutoCloseable second = runtime.meters().publish(SIZE, two, AtomicInteger::get, "a");
    runtime.meters().publish(STATE, one, AtomicInteger::get, "a");
    runtime.meters().publish(STATE, two, AtomicInteger::get, "a");
    AutoCloseable counted = runtime.meters().publish(COUNT, one, AtomicInteger::get, "a");
    runtime.meters().publish(COUNT, two, AtomicInteger::get, "a");

    assertThat(gauge(SIZE)).isEqualTo(5);
    assertThat(gauge(STATE)).isEqualTo(3);
    first.close();
    counted.close();
    one.set(100);
    assertThat(gauge(SIZE)).isEqualTo(3);
    assertThat(registry.get(COUNT.name()).functionCounter().count()).isEqualTo(5);
    second.close();
    assertThat(registry.find(SIZE.name()).gauges()).isEmpty();
  }

  private double gauge(MeterSpec spec) {
    return registry.get(spec.name()).gauge().value();
  }

  @Test
  void removesEverythingWithItsRuntime() {
    agent(runtime).call(null, arguments -> "answer", "question");
    registry.counter("of.the.application").increment();
    assertThat(registry.getMeters()).hasSizeGreaterThan(20);

    runtime.close();

    assertThat(registry.getMeters()).singleElement().isInstanceOf(Counter.class);
  }

  @Test
  void addsUpTheRuntimesThatShareARegistry() {
    GildRuntime other = TestRuntime.with(Telemetry.of(registry));
    agent(runtime).call(null, arguments -> "answer", "question");
    agent(other).call(null, arguments -> "answer", "question");
    assertThat(succeeded()).isEqualTo(2);
    assertThat(calls()).isEqualTo(2);

    runtime.close();
    agent(other).call(null, arguments -> "answer", "question");

    assertThat(succeeded()).isEqualTo(3);
    assertThat(calls()).isEqualTo(3);
    other.close();
    assertThat(registry.getMeters()).isEmpty();
  }

  private double succeeded() {
    return registry.get("gild.agent.requests").tag("result", "success").functionCounter().count();
  }

  private long calls() {
    return registry.get("gild.agent.duration").tag("outcome", "success").timer().count();
  }

  @Test
  void stepsAsideForAMeterOfTheApplication() {
    registry.gauge("gild.agent.errors", List.of(), 1, number -> 7);

    agent(runtime).call(null, arguments -> "answer", "question");

    assertThat(succeeded()).isEqualTo(1);
    assertThat(registry.get("gild.agent.errors").gauges()).isNotEmpty();
  }

  @Test
  void dropsAmountsThatAreNoNumbers() {
    telemetry.export(runtime);
    for (double amount : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY, 2}) {
      runtime.meters().recorder(COUNT, "a").record(amount);
    }

    assertThat(registry.get(COUNT.name()).counter().count()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1.41,false,,V1_41",
    "both,false,gen_ai_latest_experimental,V0_1",
    "1.41,false,'http, gen_ai_latest_experimental/dup',BOTH",
    "1.41,true,gen_ai_latest_experimental,V1_41",
    "0.1,false,database,V0_1",
  })
  void choosesTheConventions(
      String setting, boolean given, String optIn, SemanticConventions expected) {
    assertThat(SemanticConventions.of(setting, given, optIn)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"V1_41,1,0", "V0_1,0,1", "BOTH,1,1"})
  void exportsTheNamesOfTheConventions(SemanticConventions conventions, int old, int latest) {
    MeterRegistry own = new SimpleMeterRegistry();
    GildRuntime with = TestRuntime.with(Telemetry.of(own, new Tracers(), conventions, 1_000));
    with.method(TestRuntime.spec(CallKind.CHAT, "support", "chat"))
        .call(null, arguments -> "answer", "question");

    assertThat(own.find("gen_ai.client.operation.duration").tag("outcome", "success").timers())
        .hasSize(old);
    assertThat(own.find("gen_ai.client.inference.duration").tag("error.type", "").timers())
        .hasSize(latest);
  }

  private static GovernedMethod agent(GildRuntime of) {
    return of.method(TestRuntime.spec(CallKind.AGENT, "support", "answer"));
  }
}
