package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.DescribesItself;
import io.gild.core.GildLog;
import io.gild.core.Tier;
import io.gild.weaver.AssemblySite;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One woven request to a model: applies the call's routing to the request, and computes tokens and
 * money from the response.
 */
final class WovenRequest implements DescribesItself, AssemblySite.Assembled {

  private final ModelDialect dialect;
  private final @Nullable Object self;
  private final @Nullable Object[] arguments;
  private final Body method;
  private final TapedModel taped;
  private final boolean inProcess;

  /** Whether the library decoded the end of the last attempt's stream. */
  private volatile boolean endDecoded;

  /** Where the application made the stream of the answer; null if not remembered. */
  private @Nullable AssemblySite assembled;

  /** The arguments of the last attempt. */
  private volatile @Nullable Object[] sent;

  /**
   * Creates a request.
   *
   * @param dialect reads the objects
   * @param method the woven method's own code
   * @param self the object whose method was called
   * @param arguments the caller's arguments
   * @param taped records the answer, or replays one
   */
  WovenRequest(
      ModelDialect dialect,
      Body method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      TapedModel taped) {
    this.dialect = dialect;
    this.self = self;
    this.arguments = instructed(dialect, arguments);
    this.sent = this.arguments;
    this.method = method;
    this.taped = taped;
    this.inProcess = InProcessModels.has(self);
  }

  /** Adds the instructions of the current call, so that caches and recordings see them, too. */
  private static @Nullable Object[] instructed(ModelDialect dialect, @Nullable Object[] arguments) {
    AgentCall call = AgentCall.current();
    String instructions = call == null ? "" : call.instructions();
    if (instructions.isEmpty()) {
      return arguments;
    }
    try {
      return dialect.withInstructions(arguments, instructions);
    } catch (UnsupportedOperationException none) {
      GildLog.infoOnce(
          "Requests read by "
              + dialect.getClass().getSimpleName()
              + " are sent without memories and experiences: only those of LangChain4j, Spring AI and"
              + " openai-java's chat completions can be given them.");
    } catch (Throwable fault) {
      GildLog.faultOnce("Adding instructions to a request", fault);
    }
    return arguments;
  }

  /** Returns whether a request is only a part of one that is governed already. */
  static boolean isInner() {
    AgentCall outer = AgentCall.current();
    return outer != null && outer.method().spec().kind().isModel();
  }

  /** Records where the stream of the answer was made. */
  WovenRequest assembledAt(@Nullable AssemblySite site) {
    assembled = site;
    return this;
  }

  @Override
  public @Nullable AssemblySite assembled() {
    return assembled;
  }

  ModelDialect dialect() {
    return dialect;
  }

  /** Starts to combine the chunks of an attempt's stream. */
  ModelChunks startChunks() {
    endDecoded = false;
    return dialect.chunks(self, arguments);
  }

  /** Records that the library decoded the end of the current attempt's stream. */
  void endDecoded() {
    endDecoded = true;
  }

  boolean endWasDecoded() {
    return endDecoded;
  }

  /**
   * Returns the arguments of the call for the pipeline: the request, its prompt, the requested
   * model, and its description.
   */
  @Nullable Object[] governedArguments() {
    try {
      return new Object[] {dialect.request(arguments), dialect.prompt(arguments), asked(), this};
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a prompt", fault);
      return new Object[] {arguments[0], null, asked(), this};
    }
  }

  /** Runs the method, with the model that the current call was routed to; it returns the answer. */
  @Nullable Object run() throws Throwable {
    route();
    return taped.turns() ? taped.whole(sent, librarySibling(), method) : method.run(sent);
  }

  /** The same for a method that returns a stage of the answer. */
  @Nullable Object runLater() throws Throwable {
    route();
    return taped.turns() ? taped.later(sent, librarySibling(), method) : method.run(sent);
  }

  /**
   * The same for a method that returns a stream, whose chunks a {@link ModelListener} receives.
   *
   * @param replayed makes such a stream from chunks
   */
  @Nullable Object runStream(TapedModel.Stream replayed) throws Throwable {
    route();
    return taped.turns()
        ? taped.stream(sent, librarySibling(), method, replayed)
        : method.run(sent);
  }

  /** Returns the tape. */
  TapedModel taped() {
    return taped;
  }

  /**
   * Runs the method, with the model that the current call was routed to.
   *
   * @param last replaces the last argument
   * @return the result of the method; null in a replay
   */
  @Nullable Object runWith(Object last) throws Throwable {
    route();
    if (taped.turns() && taped.handled(sent, librarySibling(), last)) {
      return null;
    }
    @Nullable Object[] given = sent.clone();
    given[given.length - 1] = last;
    return method.run(given);
  }

  /** Decides what is sent, and stores the model in the call in case there is no answer. */
  private void route() {
    AgentCall call = AgentCall.current();
    @Nullable Object[] routed = routed();
    PromptCache wanted = PromptCache.of(call);
    sent = wanted == null ? routed : wanted.prepare(dialect, self, routed);
    if (call != null) {
      describe(call);
    }
  }

  @Override
  public void describe(AgentCall call) {
    String asked = asked();
    if (asked != null) {
      call.detail().recordRequestModel(asked);
    }
    call.detail().recordProvider(provider());
  }

  @Override
  public Map<String, Object> parameters() {
    return RequestFacts.parameters(dialect.parametersOf(sent));
  }

  @Override
  public Map<String, ?> body() {
    try {
      return dialect.body(self, sent);
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading the content of a request", fault);
      return Map.of();
    }
  }

  @Override
  public Map<?, ?> body(Object answer) {
    try {
      return dialect.isResponse(answer) ? dialect.bodyOf(answer) : Map.of();
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading the content of a response", fault);
      return Map.of();
    }
  }

  @Override
  public Map<String, ?> content() {
    Map<String, ?> body = body();
    TapedDialect plain = body.isEmpty() ? dialect.taped() : null;
    if (plain == null) {
      return body;
    }
    try {
      return plain.plainRequest(self, sent);
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading the content of a request", fault);
      return Map.of();
    }
  }

  @Override
  public Map<?, ?> content(Object answer) {
    Map<?, ?> body = body(answer);
    TapedDialect plain = body.isEmpty() ? dialect.taped() : null;
    try {
      return plain != null
              && dialect.isResponse(answer)
              && plain.plain(answer) instanceof Map<?, ?> map
          ? map
          : body;
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading the content of a response", fault);
      return Map.of();
    }
  }

  private @Nullable Object[] routed() {
    String model = routedModel(AgentCall.current());
    if (model == null) {
      return arguments;
    }
    try {
      return dialect.withModel(self, arguments, model);
    } catch (Throwable fault) {
      GildLog.faultOnce("Routing a request to " + model, fault);
      return arguments;
    }
  }

  /** Returns the model that a call sends this request to; null for the request's own model. */
  private @Nullable String routedModel(@Nullable AgentCall call) {
    String model = call == null ? null : call.routedModel();
    if (call == null || model == null || call.method().spec().kind() != CallKind.CHAT) {
      return null;
    }
    try {
      return mayRoute(call, model) ? model : null;
    } catch (Throwable fault) {
      GildLog.faultOnce("Routing a request to " + model, fault);
      return null;
    }
  }

  /**
   * Returns whether a request is routed. An agent may also call other models, even of another
   * vendor; only a request to a tier's model may be sent to another tier.
   */
  private boolean mayRoute(AgentCall call, String model) throws Throwable {
    String asked = dialect.askedModel(self, arguments);
    if (asked == null || asked.equals(model)) {
      return true;
    }
    if (call.isModelRequired()) {
      return dialect.understands(model, asked);
    }
    for (Tier tier : call.method().settings().get(Tier.SECTION).values()) {
      if (asked.equals(tier.model())) {
        return dialect.understands(model, asked);
      }
    }
    GildLog.infoOnce(
        call.method().spec().agent()
            + " is routed, but requests "
            + asked
            + ", which is not the model of a tier: such requests are not changed. Name it under"
            + " tiers.");
    return false;
  }

  /**
   * Records the content of a response.
   *
   * @return its metadata, or {@code null} if it is not a response
   */
  @Nullable ReadAnswer record(@Nullable AgentCall call, @Nullable Object response) {
    return record(call, response, new ReportedTokens());
  }

  /**
   * Records the content of a response.
   *
   * @param wire the provider's counts, if the library may leave out a part of them
   */
  @Nullable ReadAnswer record(
      @Nullable AgentCall call, @Nullable Object response, ReportedTokens wire) {
    try {
      if (response == null || !dialect.isResponse(response)) {
        return null;
      }
      ReadAnswer read = dialect.read(response);
      ReadAnswer answer = wire.isEmpty() ? read : read.withUsage(wire.usage());
      String tier = call == null ? null : dialect.serviceTier(response);
      if (call != null && tier != null) {
        call.detail().recordServiceTier(tier);
      }
      record(call, answer);
      return answer;
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading a response", fault);
      return null;
    }
  }

  /** Records the metadata of a complete answer, streamed or not. */
  void record(@Nullable AgentCall call, ReadAnswer answer) {
    if (call != null) {
      call.detail().recordToolCalls(answer.toolCalls());
      String asked = answer.model().equals(ReadAnswer.UNKNOWN_MODEL) ? asked() : null;
      String model = asked == null ? answer.model() : asked;
      if (inProcess) {
        call.detail().recordUsage(model, answer.usage(), 0);
      } else {
        call.recordUsage(model, answer.usage());
      }
      if (answer.finishReason() != null) {
        call.detail().recordFinishReason(answer.finishReason());
      }
    }
  }

  /** Returns the model of the last attempt; null if unknown. */
  private @Nullable String asked() {
    try {
      String said = dialect.askedModel(self, sent);
      return inProcess && self != null ? InProcessModels.name(self, said) : said;
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading the model of a request", fault);
      return null;
    }
  }

  private String provider() {
    try {
      return inProcess ? InProcessModels.PROVIDER : dialect.provider(self, arguments);
    } catch (Throwable fault) {
      GildLog.faultOnce("Reading the provider of a request", fault);
      return "unknown";
    }
  }

  /** Makes a response from a policy's answer: an earlier response, or a text. */
  @Nullable Object response(@Nullable Object value) throws Throwable {
    return value instanceof String text ? dialect.responseOf(librarySibling(), text) : value;
  }

  /** Makes chunks of a stream from a policy's answer. */
  List<?> chunks(Object answer) throws Throwable {
    return answer instanceof String text
        ? dialect.chunksOf(librarySibling(), text)
        : List.of(answer);
  }

  /** Returns whether any policy may change the caller's result. */
  static boolean acts(AgentCall innermost) {
    for (AgentCall call = innermost; call != null; call = call.parent()) {
      if (call.method().policies().changeAnswers()) {
        return true;
      }
    }
    return false;
  }

  /** Returns an object of the library's own copy. */
  private Object librarySibling() {
    Object request = arguments[0];
    if (request != null && request.getClass().getClassLoader() != null) {
      return request;
    }
    if (self == null) {
      throw new IllegalStateException("a static method has no argument of its library's types");
    }
    return self;
  }
}
