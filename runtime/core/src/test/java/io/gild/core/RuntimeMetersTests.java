package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.core.spi.MeterBackend;
import io.gild.core.spi.MeterReading;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.MeterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuntimeMetersTests {

  private static final MeterSpec CALLS = MeterSpec.counter("test.calls", "Calls").by("kind");
  private static final MeterSpec SIZE = MeterSpec.gauge("test.size", "Size").by("kind");
  private static final MeterSpec TIME = MeterSpec.timer("test.time", "Time", 1, 2).by("kind");

  private final Meters meters = new Meters(List.of(CALLS, SIZE, TIME));
  private final Backend backend = new Backend();

  /** Keeps what it gets. */
  private static final class Backend implements MeterBackend {

    private final Map<String, Double> recorded = new LinkedHashMap<>();
    private final Map<String, MeterReading> readings = new LinkedHashMap<>();
    private int removals;

    @Override
    public MeterRecorder recorder(MeterSpec spec, List<String> values) {
      return amount -> recorded.merge(spec.name() + values, amount, Double::sum);
    }

    @Override
    public void export(MeterSpec spec, List<String> values, MeterReading reading) {
      readings.put(spec.name() + values, reading);
    }

    @Override
    public void removeEnded() {
      removals++;
    }
  }

  @Test
  void exportsWhatWasCountedAndPublishedBefore() {
    AtomicInteger owner = new AtomicInteger(3);
    MeterRecorder calls = meters.recorder(CALLS, "a");
    MeterRecorder time = meters.recorder(TIME, "a");
    calls.record(2);
    calls.record(-1);
    time.record(5);
    meters.publish(SIZE, owner, AtomicInteger::get, "a");

    meters.attach(backend);
    calls.record(1);
    time.record(7);

    assertThat(backend.recorded).containsEntry("test.calls[a]", 3.0);
    assertThat(backend.recorded).as("only counts are kept").containsEntry("test.time[a]", 7.0);
    assertThat(backend.readings.get("test.size[a]").value()).isEqualTo(3);
    owner.set(4);
    assertThat(backend.readings.get("test.size[a]").value()).isEqualTo(4);
  }

  @Test
  void keepsTheLastNumberOfAPublicationThatIsClosed() throws Exception {
    AtomicInteger owner = new AtomicInteger(3);
    meters.attach(backend);
    AutoCloseable publication = meters.publish(SIZE, owner, AtomicInteger::get, "a");
    owner.set(8);

    publication.close();
    publication.close();
    owner.set(9);

    MeterReading reading = backend.readings.get("test.size[a]");
    assertThat(reading.isOver()).isTrue();
    assertThat(reading.value()).isEqualTo(8);
    assertThat(backend.removals).isPositive();
    assertThat(meters.published()).isZero();
  }

  @Test
  void keepsNoOwnerAlive() throws InterruptedException {
    @Nullable Object owner = new Object();
    meters.publish(SIZE, owner, same -> 1, "a");
    assertThat(meters.published()).isEqualTo(1);

    owner = null;
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (meters.published() > 0 && System.nanoTime() < deadline) {
      System.gc();
      Thread.sleep(1);
    }

    assertThat(meters.published()).isZero();
  }

  @Test
  void survivesAnOwnerThatCannotBeRead() {
    meters.attach(backend);
    Object owner = new Object();
    meters.publish(
        SIZE,
        owner,
        same -> {
          throw new IllegalStateException("broken");
        },
        "a");
    meters.publish(SIZE, owner, same -> Double.NaN, "b");

    assertThat(backend.readings.get("test.size[a]").value()).isZero();
    assertThat(backend.readings.get("test.size[b]").value()).isZero();
  }

  @Test
  void refusesWrongValuesAndASecondBackend() {
    assertThatThrownBy(() -> meters.recorder(CALLS, "a", "b"))
        .hasMessage("test.calls has the tags [kind], but the values are [a, b]");
    meters.attach(backend);
    assertThatThrownBy(() -> meters.attach(new Backend()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void dropsWhatComesAfterTheBackend() throws Exception {
    meters.attach(backend).close();
    meters.recorder(CALLS, "a").record(1);

    assertThat(backend.recorded).isEmpty();
    assertThat(meters.attach(new Backend())).isNotNull();
  }

  @Test
  void boundsWhatWaitsForABackend() {
    List<MeterRecorder> recorders = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      recorders.add(meters.recorder(CALLS, "a" + i));
    }

    assertThat(recorders.get(4_999)).isSameAs(MeterRecorder.NONE);
  }

  @Test
  void namesMetersAsPrometheusDoes() {
    assertThat(MeterSpec.counter("gild.agent.cost", "x").in("usd").prometheusName())
        .isEqualTo("gild_agent_cost_usd_total");
    assertThat(MeterSpec.timer("gild.run.duration", "x").prometheusName())
        .isEqualTo("gild_run_duration_seconds");
    assertThat(MeterSpec.gauge("gild.agent.active", "x").in("requests").prometheusName())
        .isEqualTo("gild_agent_active_requests");
    assertThat(MeterSpec.summary("gen_ai.client.token.usage", "x").in("token").prometheusName())
        .isEqualTo("gen_ai_client_token_usage_token");
  }

  @Test
  void rejectsDeclarationsThatCannotBeExported() {
    assertThatThrownBy(() -> MeterSpec.counter("Gild Calls", "x"))
        .hasMessageContaining("Gild Calls");
    assertThatThrownBy(() -> MeterSpec.timer("gild.time", "x", 2, 1))
        .hasMessageContaining("must ascend");
  }
}
