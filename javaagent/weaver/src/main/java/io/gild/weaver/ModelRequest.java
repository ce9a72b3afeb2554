package io.gild.weaver;

import io.gild.config.Tier;
import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One woven request to a model: turns the call's routing into the request, and the response into
 * tokens and money.
 */
final class ModelRequest {

  private final LangChain4jShape shape;
  private final @Nullable Object[] arguments;
  private final @Nullable Object self;
  private final OwnMethod method;

  /**
   * Creates a request.
   *
   * @param shape reads the objects
   * @param self the model object
   * @param arguments what the caller gave; the request first
   * @param method the woven method's own code
   */
  ModelRequest(
      LangChain4jShape shape,
      @Nullable Object self,
      @Nullable Object[] arguments,
      OwnMethod method) {
    this.shape = shape;
    this.self = self;
    this.arguments = arguments;
    this.method = method;
  }

  /** Returns the arguments under which the pipeline knows the call: the request and its prompt. */
  @Nullable Object[] governedArguments() {
    return new Object[] {arguments[0], prompt()};
  }

  private @Nullable String prompt() {
    try {
      Object request = arguments[0];
      return request == null ? null : shape.prompt(request);
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a prompt", fault);
      return null;
    }
  }

  /**
   * Runs the method, with the model that the present call was routed to.
   *
   * @param request the request as the pipeline has it
   * @param handler replaces the last argument, unless {@code null}
   */
  @Nullable Object run(@Nullable Object request, @Nullable Object handler) throws Throwable {
    @Nullable Object[] given = Arrays.copyOf(arguments, arguments.length);
    given[0] = routed(request);
    if (handler != null) {
      given[given.length - 1] = handler;
    }
    return method.run(given);
  }

  private @Nullable Object routed(@Nullable Object request) {
    AgentCall call = AgentCall.current();
    String model = call == null ? null : call.routedModel();
    if (call == null || model == null || request == null) {
      return request;
    }
    try {
      return mayRoute(call, request, model) ? shape.withModel(request, model) : request;
    } catch (Throwable fault) {
      GildLog.faultOnce("Routing a request to " + model, fault);
      return request;
    }
  }

  /**
   * Tells whether a request is one of those that are routed. An agent may ask other models as well,
   * of another vendor even; only what asks a tier's model may be sent to another tier.
   */
  private boolean mayRoute(AgentCall call, Object request, String model) throws Throwable {
    String asked = shape.askedModel(self, request);
    if (asked == null || asked.equals(model)) {
      return true;
    }
    for (Tier tier : call.method().runtime().settings().tiers().values()) {
      if (asked.equals(tier.model())) {
        return true;
      }
    }
    GildLog.infoOnce(
        call.method().spec().agent()
            + " is routed, but asks "
            + asked
            + ", which is no tier's model: such requests are left as they are. Name it under"
            + " tiers.");
    return false;
  }

  /**
   * Records what a response tells.
   *
   * @return what it told, or {@code null} if it is none
   */
  LangChain4jShape.@Nullable Answer record(@Nullable AgentCall call, @Nullable Object response) {
    if (response == null || !shape.isResponse(response)) {
      return null;
    }
    try {
      LangChain4jShape.Answer answer = shape.read(response);
      if (call != null) {
        call.recordUsage(answer.model(), answer.usage());
        if (answer.finishReason() != null) {
          call.recordFinishReason(answer.finishReason());
        }
      }
      return answer;
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a response", fault);
      return null;
    }
  }

  /** Makes a response of what a policy answered: a response of old, or a text. */
  @Nullable Object response(@Nullable Object value) throws Throwable {
    return value instanceof String text ? shape.responseOf(text) : value;
  }
}
