package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Makes the stages that write calls into recordings of the Flight Recorder. */
final class FlightProvider implements StageProvider {

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
        ? new FlightStage(context.spec().kind(), context.newSlot())
        : null;
  }

  /** Returns whether the module {@code jdk.jfr} is in this Java runtime. */
  private static boolean isPresent() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent();
  }

  /** Writes an event for each call, if a recording wants it. */
  private static final class FlightStage extends Stage {

    private final CallKind kind;
    private final int slot;

    FlightStage(CallKind kind, int slot) {
      this.kind = kind;
      this.slot = slot;
    }

    @Override
    public boolean enter(AgentCall call) {
      if (FlightRecorder.isInitialized()) { // else the classes of events would initialize it
        CallFlight flight = CallFlight.begin(kind);
        if (flight != null) {
          call.slot(slot, flight);
        }
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
