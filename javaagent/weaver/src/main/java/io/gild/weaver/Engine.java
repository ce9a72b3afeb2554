package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Drives the calls of woven methods through the pipeline. */
final class Engine extends GildEngine {

  private final Sites sites;
  private final CarriedCalls carried;

  Engine(Sites sites, CarriedCalls carried) {
    this.sites = sites;
    this.carried = carried;
  }

  @Override
  public @Nullable Object enter(
      int site,
      @Nullable Object self,
      @Nullable Object[] arguments,
      @Nullable MethodHandle handle) {
    try {
      return sites.get(site).enter(self, arguments, handle);
    } catch (Throwable fault) {
      fault(fault);
      return null;
    }
  }

  @Override
  public boolean proceed(Object call) {
    return call instanceof AgentCall agentCall ? agentCall.proceed() : ((WovenCall) call).proceed();
  }

  @Override
  public boolean repeats(Object call, @Nullable Object returned, @Nullable Throwable thrown) {
    if (call instanceof AgentCall agentCall) {
      if (thrown == null) {
        agentCall.returned(returned);
      } else {
        agentCall.threw(thrown);
      }
      return agentCall.proceed();
    }
    return ((WovenCall) call).repeats(returned, thrown);
  }

  @Override
  @SuppressWarnings("NullAway") // the bridge cannot declare an array of nullable elements
  public Object @Nullable [] rewritten(Object call) {
    if (call instanceof AgentCall agentCall) {
      return agentCall.rewritten() ? agentCall.arguments() : null;
    }
    return ((WovenCall) call).rewritten();
  }

  @Override
  public @Nullable Object result(Object call) {
    return call instanceof AgentCall agentCall ? agentCall.result() : ((WovenCall) call).result();
  }

  @Override
  public @Nullable Throwable failure(Object call) {
    return call instanceof AgentCall agentCall ? agentCall.failure() : ((WovenCall) call).failure();
  }

  @Override
  public boolean inCall() {
    return AgentCall.current() != null || carried.any();
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public Object @Nullable [] carry(int site, @Nullable Object self, @Nullable Object[] arguments) {
    return sites.get(site) instanceof EntryJoinPoint point
        ? point.entered(AgentCall.current(), self, arguments)
        : null;
  }

  @Override
  public void taken(Object task) {
    CarriedRuns.begin(carried, task);
  }

  @Override
  public void made(Object made, int site) {
    if (sites.get(site) instanceof MadeJoinPoint point) {
      point.made(made);
    }
  }

  @Override
  public void fault(Throwable fault) {
    GildLog.faultOnce("Governing a call", fault);
  }
}
