package io.gild.libraries;

import io.gild.weaver.ApplicationStack;
import io.gild.weaver.AssemblySite;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A method of a library that makes a {@code Flux} for the application and calls its model at the
 * subscription: the place is written into the context that Reactor passes to the model's own
 * stream, on any thread.
 */
final class AssemblyJoinPoint implements JoinPoint {

  private final ApplicationStack stack;

  AssemblyJoinPoint(ApplicationStack stack) {
    this.stack = stack;
  }

  @Override
  public boolean wantsHandle() {
    return false;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    AssemblySite here = stack.here();
    return here == null ? null : new Assembly(here);
  }

  /** One run of the method. */
  private static final class Assembly extends WovenCall.Watched {

    private final AssemblySite site;

    Assembly(AssemblySite site) {
      this.site = site;
    }

    @Override
    public void over() {
      // The stream is replaced when it is returned.
    }

    @Override
    public @Nullable Object result() {
      Object made = super.result();
      return made == null ? null : ReactorContext.with(made, site);
    }
  }
}
