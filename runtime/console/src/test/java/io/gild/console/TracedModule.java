package io.gild.console;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.Phase;
import io.gild.core.spi.SpanIdentity;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gives each call of an agent or model a span; a tool has none, and is in the trace around it. */
final class TracedModule implements GildModule {

  static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final AtomicLong spans = new AtomicLong();

  private record Identity(String traceId, String spanId) implements SpanIdentity {}

  @Override
  public String name() {
    return "traced";
  }

  @Override
  public List<StageProvider> stages() {
    return List.of(
        new StageProvider() {
          @Override
          public Phase phase() {
            return Phase.OBSERVE;
          }

          @Override
          public @Nullable Stage stage(StageContext context) {
            return context.spec().kind() == CallKind.TOOL ? null : new Traced(context.newSlot());
          }
        });
  }

  private final class Traced extends Stage {

    private final int slot;

    Traced(int slot) {
      this.slot = slot;
    }

    @Override
    public boolean enter(AgentCall call) {
      call.slot(slot, new Identity(TRACE, "%016x".formatted(spans.incrementAndGet())));
      return true;
    }
  }
}
