package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Makes the stages that write calls into recordings of the Flight Recorder. */
final class FlightProvider implements StageProvider {

  private static final AtomicBoolean REQUESTED = new AtomicBoolean();

  private static volatile boolean ready;

  @Override
  public Phase phase() {
    return Phase.OBSERVE;
  }

  @Override
  public Class<ObservePolicy> policy() {
    return ObservePolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    return context.policies().get(ObservePolicy.class) != null && isPresent()
        ? new FlightStage(context.runtime(), context.spec().kind(), context.newSlot())
        : null;
  }

  /** Returns whether the module {@code jdk.jfr} is in this Java runtime. */
  private static boolean isPresent() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent();
  }

  /** Returns whether calls become events of recordings that run. */
  static boolean isReady() {
    return ready;
  }

  /**
   * Loads the classes of the events, which takes some time and would pin a virtual thread. Until
   * then calls are not recorded.
   */
  private static void load() {
    attempt(InformationFlight::write);
    for (CallKind kind : CallKind.values()) {
      attempt(() -> CallFlight.begin(kind));
    }
    ready = true;
  }

  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (LinkageError defined) {
      step.run(); // the recorder defined the class while it was being defined
    }
  }

  /** Writes an event for each call, if a recording wants it. */
  private static final class FlightStage extends Stage {

    private final RuntimeScope runtime;
    private final CallKind kind;
    private final int slot;

    FlightStage(RuntimeScope runtime, CallKind kind, int slot) {
      this.runtime = runtime;
      this.kind = kind;
      this.slot = slot;
    }

    @Override
    public boolean enter(AgentCall call) {
      if (ready) {
        CallFlight flight = CallFlight.begin(kind);
        if (flight != null) {
          call.slot(slot, flight);
        }
      } else if (FlightRecorder.isInitialized() && REQUESTED.compareAndSet(false, true)) {
        runtime.scheduler().execute(FlightProvider::load);
      }
      return true;
    }

    @Override
    public boolean exit(AgentCall call) {
      if (call.slot(slot) instanceof CallFlight flight) {
        flight.end(call);
      }
      return false;
    }
  }
}
