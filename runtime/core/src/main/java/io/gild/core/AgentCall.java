package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Usage;
import io.gild.core.spi.ContextCarrier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One governed call on its way through the pipeline.
 *
 * <p>The code that intercepts the method drives it step by step, so that the method's own code runs
 * where it always ran, on the caller's thread and stack:
 *
 * <pre>{@code
 * AgentCall call = method.begin(this, question);
 * while (call.proceed()) {
 *   try {
 *     call.returned(super.answer(question));
 *   } catch (Throwable failure) {
 *     call.threw(failure);
 *   }
 * }
 * return (String) call.result();
 * }</pre>
 *
 * <p>Stages and listeners see this class; its one subclass knows the stages and their order. One
 * thread at a time drives a call; tokens and HTTP attempts may be recorded from any thread.
 */
@Experimental
public abstract class AgentCall {

  private final @Nullable Object self;
  private final @Nullable Object[] arguments;
  private final @Nullable AgentCall parent;
  private final @Nullable Map<String, String> labels;
  private final boolean reporting;
  private final long startNanos;
  private @Nullable Object @Nullable [] slots;
  private @Nullable Object value;
  private @Nullable Throwable failure;
  private @Nullable String cacheResult;
  private volatile @Nullable CallDetail detail;
  private volatile boolean fresh;
  private volatile boolean delivered;
  private boolean rewritten;
  private boolean asynchronous;
  private byte marks;
  private @Nullable Object decision;
  private @Nullable KeptElements elements;

  // Written by the subclass only.
  long attemptEndNanos;
  int attempts;
  boolean cancelled;

  AgentCall(
      @Nullable Object self,
      @Nullable Object[] arguments,
      @Nullable AgentCall parent,
      @Nullable Map<String, String> labels,
      boolean reporting,
      long startNanos) {
    this.self = self;
    this.arguments = arguments;
    this.parent = parent;
    this.labels = labels;
    this.reporting = reporting;
    this.startNanos = startNanos;
    this.attemptEndNanos = startNanos;
  }

  /**
   * Returns the innermost governed call that the current thread is in.
   *
   * @return the call, or {@code null} outside of any
   */
  public static @Nullable AgentCall current() {
    return CurrentCall.get();
  }

  /**
   * Advances to the next point where something has to be done.
   *
   * @return {@code true} if the method's own code has to run now, followed by {@link #returned} or
   *     {@link #threw}; {@code false} if the call is over
   */
  public abstract boolean proceed();

  /**
   * Records that the method returned.
   *
   * @param result what it returned, {@code null} for {@code void}
   */
  public void returned(@Nullable Object result) {
    value = result;
    failure = null;
  }

  /**
   * Records that the method threw.
   *
   * @param thrown what it threw
   */
  public void threw(Throwable thrown) {
    value = null;
    failure = thrown;
  }

  /**
   * Returns what the caller gets, after {@link #proceed} returned {@code false}. The call drops its
   * reference: a nested call may continue in this result.
   *
   * @return the result
   */
  public @Nullable Object result() {
    if (failure != null) {
      throw Sneaky.propagate(failure);
    }
    Object handed = value;
    value = null;
    return handed;
  }

  /**
   * Returns the method that is called.
   *
   * @return the method's scope
   */
  public abstract MethodScope method();

  /**
   * Returns the object whose method is called.
   *
   * @return the object, or {@code null} for a static method
   */
  public @Nullable Object self() {
    return self;
  }

  /**
   * Returns the arguments, as rewritten by policies.
   *
   * @return the array itself; not to be changed but through {@link #argument(int, Object)}
   */
  public @Nullable Object[] arguments() {
    return arguments;
  }

  /**
   * Returns one argument.
   *
   * @param index its position
   * @return the argument
   */
  public @Nullable Object argument(int index) {
    return arguments[index];
  }

  /**
   * Returns whether a policy replaced an argument.
   *
   * @return {@code true} if {@link #arguments()} differ from what the caller gave
   */
  public boolean rewritten() {
    return rewritten;
  }

  /**
   * Replaces an argument before the next attempt.
   *
   * @param index position of the argument
   * @param argument the new value
   */
  public void argument(int index, @Nullable Object argument) {
    arguments[index] = argument;
    rewritten = true;
  }

  /**
   * Returns the governed call around this one.
   *
   * @return the call, or {@code null} if this is the outermost
   */
  public @Nullable AgentCall parent() {
    return parent;
  }

  /**
   * Returns the call's number within its runtime, which it gets when the number is first read.
   *
   * @return 1 or more
   */
  public long number() {
    return detail().number();
  }

  /**
   * Returns the number of a call that is over: its {@link #number} if that was read before, or else
   * a new one, which is not kept. Allocates nothing; only one listener may use it.
   *
   * @return 1 or more
   */
  public long lastNumber() {
    CallDetail known = detail;
    return known == null ? method().runtime().nextCallNumber() : known.number();
  }

  /**
   * Returns the outermost governed call around this one.
   *
   * @return the call itself if there is none around it
   */
  public AgentCall outermost() {
    AgentCall outermost = this;
    for (AgentCall call = parent; call != null; call = call.parent) {
      outermost = call;
    }
    return outermost;
  }

  /**
   * Returns what chose the version that answers the call.
   *
   * @return the decision of the runtime's choice, or {@code null} if there was none
   */
  public @Nullable Object decision() {
    return decision;
  }

  void decision(@Nullable Object made) {
    decision = made;
  }

  /**
   * Returns whether no caller gets the answer: the call must change nothing outside of it.
   *
   * @return {@code true} if this call or one around it is made by a {@linkplain
   *     MethodVariant#isShadow() shadow}
   */
  public boolean isShadow() {
    for (AgentCall call = this; call != null; call = call.parent) {
      MethodVariant variant = call.method().variant();
      if (variant != null && variant.isShadow()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the bits of the policies that this call and those around it carry. */
  abstract int carried();

  /** Returns whether the call is over; another thread may see this a little later. */
  abstract boolean over();

  /**
   * Returns a reference to this call that does not keep it alive.
   *
   * @return the call's one reference
   */
  public CallReference reference() {
    return detail().reference();
  }

  /**
   * Settles the call with a result, instead of running the inner stages.
   *
   * @param result what the caller gets
   */
  public void settle(@Nullable Object result) {
    returned(result);
  }

  /**
   * Requests a wait before the next attempt; for a stage whose exit is about to return {@code
   * true}.
   *
   * @param nanos nanoseconds, zero or more
   */
  public void waitFor(long nanos) {
    detail().waitNanos(nanos);
  }

  /**
   * Returns the object that a stage keeps for this call.
   *
   * @param index the index the stage reserved
   * @return the object kept, or {@code null}
   */
  public @Nullable Object slot(int index) {
    @Nullable Object[] known = slots;
    return known == null ? null : known[index];
  }

  /**
   * Returns an object that any stage keeps for this call.
   *
   * @param type the type of it
   * @param <T> the same
   * @return the first object of that type, or {@code null}
   */
  public <T> @Nullable T slot(Class<T> type) {
    @Nullable Object[] known = slots;
    if (known != null) {
      for (Object object : known) {
        if (type.isInstance(object)) {
          return type.cast(object);
        }
      }
    }
    return null;
  }

  /**
   * Keeps an object for this call.
   *
   * @param index the index the stage reserved
   * @param object what to keep
   */
  public void slot(int index, @Nullable Object object) {
    @Nullable Object[] known = slots;
    if (known == null) {
      if (object == null) {
        return;
      }
      known = new @Nullable Object[slotCount()];
      slots = known;
    }
    known[index] = object;
  }

  /** Notifies the stages of an element that the caller has; returns why the stream must end. */
  abstract @Nullable CallRefused passed(@Nullable Object element);

  /** Returns how many slots the stages reserved. */
  abstract int slotCount();

  /**
   * Returns whether the call may end on another thread than the one it began on.
   *
   * @return {@code true} if a stage must leave nothing on the thread behind
   */
  public boolean asynchronous() {
    return asynchronous;
  }

  void becomeAsynchronous() {
    asynchronous = true;
  }

  /**
   * Gives an {@linkplain #asynchronous() asynchronous} call an ambient context, which is installed
   * while the method's own code starts, after those that it was given before.
   *
   * @param context the context
   */
  public void carry(ContextCarrier.Captured context) {
    detail().carry(context);
  }

  Runnable installCarried() {
    CallDetail known = detail;
    ContextCarrier.Captured context = known == null ? null : known.carried();
    return context == null ? () -> {} : Carriers.install(List.of(context));
  }

  /** Excludes everything inside of this call from caches: they neither answer nor store. */
  public void askFresh() {
    fresh = true;
  }

  /**
   * Returns whether the answer must be made now.
   *
   * @return {@code true} if this call or an enclosing one {@linkplain #askFresh() excludes caches}
   */
  public boolean isFresh() {
    for (AgentCall call = this; call != null; call = call.parent) {
      if (call.fresh) {
        return true;
      }
    }
    return false;
  }

  /**
   * Records what a cache did for the call.
   *
   * @param result {@code hit}, {@code shared} with a concurrent call, or {@code miss}
   */
  public void recordCacheResult(String result) {
    cacheResult = result;
  }

  /**
   * Returns what a cache did for the call.
   *
   * @return {@code hit}, {@code shared} or {@code miss}; {@code null} if there was no cache lookup
   */
  public @Nullable String cacheResult() {
    return cacheResult;
  }

  /**
   * Records how a policy changed the way the call was answered.
   *
   * @param mark what happened; recording it again changes nothing
   */
  public void mark(Mark mark) {
    marks |= mark.bit();
  }

  /**
   * Returns how policies changed the way the call was answered.
   *
   * @return the {@linkplain Mark#isIn set} of marks
   */
  public int marks() {
    return marks;
  }

  /**
   * Records that a part of the answer has reached the caller, so that no further attempt may
   * follow: it would repeat what the caller has already seen.
   */
  public void delivered() {
    if (!delivered) {
      delivered = true;
      detail().recordFirstChunk();
    }
  }

  /**
   * Returns whether the caller may still be given another answer than the present one.
   *
   * @return {@code false} once a part of the answer was {@linkplain #delivered() delivered}
   */
  public boolean replaceable() {
    return !delivered;
  }

  /**
   * Returns whether the caller cancelled the call, which does not count as a failure.
   *
   * @return {@code true} if the failure is only a cancellation
   */
  public boolean cancelled() {
    return cancelled;
  }

  /**
   * Returns the present result.
   *
   * @return the value, or {@code null}
   */
  public @Nullable Object value() {
    return value;
  }

  /**
   * Returns the present failure.
   *
   * @return what was thrown, or {@code null} if the call has not failed
   */
  public @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Returns how often the method's own code was run.
   *
   * @return zero or more
   */
  public int attempts() {
    return attempts;
  }

  /**
   * Returns when the call began.
   *
   * @return nanoseconds of the runtime's clock
   */
  public long startNanos() {
    return startNanos;
  }

  /**
   * Returns when the present attempt began.
   *
   * @return nanoseconds of the runtime's clock
   */
  public long attemptStartNanos() {
    CallDetail known = detail;
    return known == null || attempts() < 2 ? startNanos : known.attemptStartNanos();
  }

  /**
   * Returns when the last attempt ended.
   *
   * @return nanoseconds of the runtime's clock
   */
  public long attemptEndNanos() {
    return attemptEndNanos;
  }

  /**
   * Chooses the model that the next attempt uses.
   *
   * @param model name of the model
   */
  public void routeTo(String model) {
    detail().route(model);
  }

  /**
   * Chooses the model that the next attempt uses, as that of a tier.
   *
   * @param model name of the model
   * @param tier name of the tier
   */
  public void routeTo(String model, String tier) {
    detail().route(model, tier);
  }

  /**
   * Returns the tier chosen for this call or the nearest one around it.
   *
   * @return the tier, or {@code null} if none was chosen
   */
  public @Nullable String routedTier() {
    for (AgentCall call = this; call != null; call = call.parent) {
      CallDetail known = call.detail;
      if (known != null && known.routedModel() != null) {
        return known.routedTier();
      }
    }
    return null;
  }

  /**
   * Returns what the call is attributed to: the value of the parameter with this role, or else the
   * {@linkplain CallLabels label}, of this call or the nearest one around it.
   *
   * @param dimension what to return; one that {@linkplain CostDimension#isLabel can be a label}
   * @return the value; empty if it is not known
   */
  public String label(CostDimension dimension) {
    for (AgentCall call = this; call != null; call = call.parent) {
      String own = call.ownLabel(dimension);
      if (own != null) {
        return own;
      }
    }
    return "";
  }

  /**
   * Keeps the elements of the stream that the call returns, for {@link #streamed}. To be called
   * before the method's own code runs; of no effect on a call that returns no stream.
   */
  public void keepElements() {
    elements = new KeptElements();
  }

  /**
   * Returns the kept elements.
   *
   * @return those that the last attempt delivered; {@code null} if they are not kept, or are too
   *     many
   */
  public @Nullable StreamedAnswer streamed() {
    KeptElements kept = elements;
    return kept == null ? null : kept.answer();
  }

  /** Begins to keep the elements of another attempt. */
  void beginElements() {
    KeptElements kept = elements;
    if (kept != null) {
      kept.begin();
    }
  }

  void keepElement(@Nullable Object element) {
    KeptElements kept = elements;
    if (kept != null) {
      kept.add(element);
    }
  }

  /**
   * Returns what the cost of the call is attributed to; its model is the routed one or that of its
   * request, if known.
   *
   * @return the attribution
   */
  public Attribution attribution() {
    return attribution(requestModel());
  }

  /**
   * Returns what the cost of a request of the call is attributed to.
   *
   * @param model the model; {@code null} if it is not known
   * @return the attribution
   */
  public Attribution attribution(@Nullable String model) {
    Map<CostDimension, String> values = new EnumMap<>(CostDimension.class);
    MethodSpec spec = outermost().method().spec();
    values.put(CostDimension.AGENT, spec.agent());
    values.put(CostDimension.METHOD, spec.id());
    values.put(CostDimension.VERSION, spec.version());
    values.put(CostDimension.PROVIDER, Objects.requireNonNullElse(provider(), ""));
    values.put(CostDimension.MODEL, Objects.requireNonNullElse(model, ""));
    values.put(CostDimension.TIER, Objects.requireNonNullElse(routedTier(), ""));
    for (CostDimension dimension : CostDimension.values()) {
      if (dimension.isLabel()) {
        values.put(dimension, label(dimension));
      }
    }
    return new Attribution(values);
  }

  private @Nullable String labelled(CostDimension dimension) {
    return labels == null ? null : labels.get(dimension.key());
  }

  private @Nullable String ownLabel(CostDimension dimension) {
    MethodSpec.Role role = dimension.role();
    int index = role == null ? -1 : method().spec().indexOf(role);
    Object argument = index < 0 || index >= arguments.length ? null : arguments[index];
    String text = argument == null ? "" : String.valueOf(argument);
    if (!text.isEmpty()) {
      return CostDimension.limited(text);
    }
    String label = labelled(dimension);
    boolean ofParent = parent != null && label != null && label.equals(parent.labelled(dimension));
    return ofParent ? null : label;
  }

  /**
   * Returns the model chosen for this call or the nearest one around it.
   *
   * @return the model, or {@code null} if nothing was chosen
   */
  public @Nullable String routedModel() {
    for (AgentCall call = this; call != null; call = call.parent) {
      CallDetail known = call.detail;
      String model = known == null ? null : known.routedModel();
      if (model != null) {
        return model;
      }
    }
    return null;
  }

  /**
   * Chooses the model that all further attempts use, also where requests name a model that is not
   * that of a tier.
   *
   * @param model name of the model, or {@code null} to choose none
   */
  public void requireModel(@Nullable String model) {
    detail().require(model);
  }

  /**
   * Returns whether the {@linkplain #routedModel() chosen model} replaces any other.
   *
   * @return {@code true} if this call or the nearest routed one around it {@linkplain #requireModel
   *     requires} its model
   */
  public boolean isModelRequired() {
    for (AgentCall call = this; call != null; call = call.parent) {
      CallDetail known = call.detail;
      if (known != null && known.routedModel() != null) {
        return known.isModelRequired();
      }
    }
    return false;
  }

  /**
   * Adds instructions to the requests that models get within this call, if the library of the model
   * allows it and a javaagent watches it.
   *
   * @param text the instructions
   */
  public void instruct(String text) {
    detail().instruct(text);
  }

  /**
   * Returns the instructions that this call and those around it add to requests.
   *
   * @return the instructions, those of the outermost call first; empty if there are none
   */
  public String instructions() {
    StringBuilder all = new StringBuilder();
    for (AgentCall call = this; call != null; call = call.parent) {
      CallDetail known = call.detail;
      String own = known == null ? "" : known.instructions();
      if (!own.isEmpty()) {
        all.insert(0, all.isEmpty() ? own : own + "\n\n");
      }
    }
    return all.toString();
  }

  /**
   * Returns the model that was called last.
   *
   * @return the model of the request if that was recorded, or else the one {@linkplain
   *     #routedModel() routed to}; {@code null} if neither is known
   */
  public abstract @Nullable String requestModel();

  /**
   * Returns the provider of the model.
   *
   * @return the provider, or {@code null} if unknown
   */
  public abstract @Nullable String provider();

  /**
   * Records the tokens of one model request, for this call and all calls around it.
   *
   * @param model name of the model as its provider reports it
   * @param usage tokens of the request
   */
  public void recordUsage(String model, Usage usage) {
    if (reporting) {
      Attachment.recordUsage(model, usage.toArray());
      return;
    }
    CallDetail detail = detail();
    detail.recordUsage(model, usage, method().price(detail.priced(model), usage));
    detail.forgetServiceTier();
  }

  /**
   * Begins one physical request, for this call and all calls around it.
   *
   * @param httpMethod such as {@code POST}, or {@code null} if unknown
   * @param host the server's name; empty if unknown
   * @param port the server's port; -1 if unknown
   * @return takes the request's end
   * @throws AttemptsExhausted if it must not be sent, because {@code limits.max-failed-requests}
   *     have failed within the outermost call
   */
  public HttpAttempt httpAttempt(@Nullable String httpMethod, String host, int port) {
    return httpAttempt(httpMethod, host, port, CurrentCall.isAbandoned());
  }

  /**
   * Begins one physical request, for this call and all calls around it.
   *
   * @param httpMethod such as {@code POST}, or {@code null} if unknown
   * @param host the server's name; empty if unknown
   * @param port the server's port; -1 if unknown
   * @param abandoned whether it belongs to an attempt that was given up, but still runs
   * @return takes the request's end
   * @throws AttemptsExhausted if it must not be sent, because {@code limits.max-failed-requests}
   *     have failed within the outermost call
   */
  public abstract HttpAttempt httpAttempt(
      @Nullable String httpMethod, String host, int port, boolean abandoned);

  /**
   * Returns the facts of the call so far, at no cost.
   *
   * @return tokens, money, requests and what the model reported
   */
  public CallFacts facts() {
    CallDetail known = detail;
    return known == null ? CallFacts.NONE : known;
  }

  /**
   * Returns the detail of the call, which records more; made at first use.
   *
   * @return the call's one detail
   */
  public CallDetail detail() {
    CallDetail known = detail;
    if (known == null) {
      synchronized (this) {
        known = detail;
        if (known == null) {
          known = new CallDetail(this);
          detail = known;
        }
      }
    }
    return known;
  }

  /** Returns the call's detail, or null if there is nothing in it. */
  @Nullable CallDetail knownDetail() {
    return detail;
  }
}
