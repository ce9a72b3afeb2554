package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.core.Counts.Event;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The meters that this module records itself: calls, physical requests, models, tools. */
@Experimental
public enum ObservabilityMeter {
  /** Calls by outcome. */
  REQUESTS(
      MeterSpec.counter("gild.agent.requests", "Calls of agents by outcome")
          .ofMethods()
          .counting(Event.SUCCEEDED, "success")
          .counting(Event.FAILED, "failure")
          .counting(Event.CANCELLED, "cancelled")
          .counting(Event.REFUSED, "refused")),
  /** Seconds per call whose method ran. */
  DURATION(
      MeterSpec.timer(
              "gild.agent.duration",
              "Seconds per call; answers from the cache are not in it",
              buckets())
          .ofMethods("outcome")),
  /** US dollars spent. */
  COST(
      MeterSpec.counter("gild.agent.cost", "US dollars spent by outermost calls")
          .in("usd")
          .ofMethods()),
  /** Calls running now. */
  ACTIVE(MeterSpec.gauge("gild.agent.active", "Calls running now").in("requests").ofMethods()),
  /** Failed calls by the type of their failure. */
  ERRORS(
      MeterSpec.counter("gild.agent.errors", "Failed calls by the type of the failure")
          .ofMethods("error.type")),
  /** Runs of the methods themselves. */
  ATTEMPTS(
      MeterSpec.counter("gild.agent.attempts", "Runs of the methods themselves, retries included")
          .ofMethods()
          .counting(Event.ATTEMPT)),
  /** Physical requests. */
  HTTP_ATTEMPTS(
      MeterSpec.counter("gild.http.attempts", "Physical requests to models")
          .ofMethods()
          .counting(Event.HTTP_ATTEMPT)),
  /** Answers to physical requests. */
  HTTP_RESPONSES(
      MeterSpec.counter(
              "gild.http.responses", "Ends of physical requests by class of status, or error")
          .ofMethods()
          .counting(Event.HTTP_2XX, "2xx")
          .counting(Event.HTTP_3XX, "3xx")
          .counting(Event.HTTP_4XX, "4xx")
          .counting(Event.HTTP_5XX, "5xx")
          .counting(Event.HTTP_ERROR, "error")),
  /** Physical requests that a provider rejected as too many. */
  THROTTLED(
      MeterSpec.counter("gild.http.throttled", "Physical requests answered with the status 429")
          .by("agent", Tag.PROVIDER)),
  /** US dollars by model and kind of token. */
  MODEL_COST(
      MeterSpec.counter("gild.model.cost", "US dollars spent by outermost calls, by model and kind")
          .in("usd")
          .ofMethods(Tag.PROVIDER, Tag.MODEL, "kind")),
  /** Requests to models without a known price. */
  UNPRICED(
      MeterSpec.counter("gild.model.unpriced", "Requests to models that have no known price")
          .ofMethods(Tag.PROVIDER, Tag.MODEL)),
  /** Model requests by the reason why the model stopped. */
  FINISH(
      MeterSpec.counter("gild.model.finish", "Model requests by the reason why the model stopped")
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL, "finish_reason")),
  /** Tokens by special kind. */
  SPECIAL_TOKENS(
      MeterSpec.counter(
              "gild.model.tokens",
              "Tokens that input or output already include, by their special kind")
          .in("token")
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL, "kind")),
  /** Output speed of a model. */
  OUTPUT_RATE(
      MeterSpec.summary(
              "gild.model.output.rate",
              "Output tokens per second of streams, from their first chunk on",
              5,
              10,
              20,
              40,
              80,
              160,
              320)
          .in("tokens_per_second")
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL)),
  /** Seconds per model request, by the conventions 1.41. */
  CLIENT_DURATION(
      MeterSpec.timer("gen_ai.client.operation.duration", "Seconds per model request", buckets())
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL, "outcome", Tag.ERROR)),
  /** Tokens per model request, by the conventions 1.41. */
  CLIENT_TOKENS(
      MeterSpec.summary("gen_ai.client.token.usage", "Tokens per model request", growing(1, 4))
          .in("token")
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL, "gen_ai.token.type")),
  /** Seconds to the first chunk of a streamed answer, by the conventions 1.41. */
  CLIENT_FIRST_CHUNK(
      MeterSpec.timer(
              "gen_ai.client.operation.time_to_first_chunk",
              "Seconds from a model request to the first chunk of its streamed answer",
              buckets())
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL)),
  /** Seconds per request to a chat model. */
  INFERENCE_DURATION(
      MeterSpec.timer(
              "gen_ai.client.inference.duration",
              "Seconds per request to a chat model",
              growing(0.01, 2))
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL, Tag.ERROR)),
  /** Seconds to the first chunk of a streamed answer. */
  INFERENCE_FIRST_CHUNK(
      MeterSpec.timer(
              "gen_ai.client.inference.time_to_first_chunk",
              "Seconds from a request to a chat model to the first chunk of its streamed answer",
              growing(0.01, 2))
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL)),
  /** Input tokens of chat models. */
  INFERENCE_INPUT(inferenceTokens("input_tokens", "Input tokens of chat models")),
  /** Output tokens of chat models. */
  INFERENCE_OUTPUT(inferenceTokens("output_tokens", "Output tokens of chat models")),
  /** Input tokens that providers read from their caches. */
  INFERENCE_CACHE_READ(
      inferenceTokens(
          "cache_read.input_tokens", "Input tokens that providers read from their caches")),
  /** Input tokens that providers wrote to their caches. */
  INFERENCE_CACHE_WRITE(
      inferenceTokens(
          "cache_write.input_tokens", "Input tokens that providers wrote to their caches")),
  /** Output tokens that models reasoned with. */
  INFERENCE_REASONING(
      inferenceTokens("reasoning.output_tokens", "Output tokens that models reasoned with")),
  /** Input tokens per request. */
  OPERATION_INPUT(
      MeterSpec.summary(
              "gen_ai.client.inference.operation.input_tokens",
              "Input tokens per request to a chat model",
              growing(1, 4))
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL)),
  /** Output tokens per request. */
  OPERATION_OUTPUT(
      MeterSpec.summary(
              "gen_ai.client.inference.operation.output_tokens",
              "Output tokens per request to a chat model",
              growing(1, 4))
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL)),
  /** Seconds per request to an embedding model. */
  EMBEDDINGS_DURATION(
      MeterSpec.timer(
              "gen_ai.client.embeddings.duration",
              "Seconds per request to an embedding model",
              growing(0.01, 2))
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL, Tag.ERROR)),
  /** Input tokens per request to an embedding model. */
  EMBEDDINGS_INPUT(
      MeterSpec.summary(
              "gen_ai.client.embeddings.operation.input_tokens",
              "Input tokens per request to an embedding model",
              growing(1, 4))
          .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL)),
  /** Seconds per call of an agent that uses models or tools. */
  INVOKE_DURATION(
      MeterSpec.timer(
              "gen_ai.invoke_agent.duration",
              "Seconds per call of an agent that used a model or a tool, or failed",
              growing(0.1, 2, 13))
          .ofMethods("gen_ai.agent.name", Tag.ERROR)),
  /** Model requests per call of an agent. */
  INVOKE_INFERENCES(
      MeterSpec.summary(
              "gen_ai.invoke_agent.inference_calls",
              "Model requests per call of an agent that used a model or a tool, or failed",
              growing(1, 2, 8))
          .ofMethods("gen_ai.agent.name")),
  /** Runs of tools per call of an agent. */
  INVOKE_TOOLS(
      MeterSpec.summary(
              "gen_ai.invoke_agent.tool_calls",
              "Runs of tools per call of an agent that used a model or a tool, or failed",
              growing(1, 2, 8))
          .ofMethods("gen_ai.agent.name")),
  /** Seconds per run of a tool. */
  TOOL_DURATION(
      MeterSpec.timer("gen_ai.execute_tool.duration", "Seconds per run of a tool", growing(0.01, 2))
          .ofMethods("gen_ai.tool.name", Tag.ERROR)),
  /** Telemetry that was not exported. */
  DROPPED(
      MeterSpec.counter(
              "gild.telemetry.dropped", "Telemetry that was left out or put together, by reason")
          .by("signal", "reason")),
  /** The version of Gild. */
  INFO(
      MeterSpec.gauge("gild.info", "The version of Gild; the number is always 1")
          .highest()
          .by("version", "semconv"));

  /** Keys of tags that several meters have. */
  private static final class Tag {
    static final String OPERATION = "gen_ai.operation.name";
    static final String PROVIDER = "gen_ai.provider.name";
    static final String MODEL = "gen_ai.request.model";
    static final String ERROR = "error.type";
  }

  private final MeterSpec spec;

  ObservabilityMeter(MeterSpec spec) {
    this.spec = spec;
  }

  /**
   * Returns the declaration.
   *
   * @return the meter
   */
  public MeterSpec spec() {
    return spec;
  }

  static List<MeterSpec> specs() {
    return Arrays.stream(values()).map(ObservabilityMeter::spec).toList();
  }

  /** Returns twelve bounds for calls that take from milliseconds to five minutes. */
  private static double[] buckets() {
    return new double[] {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 120, 300};
  }

  /**
   * Returns the bounds that the GenAI conventions advise: 14, each so many times the one before.
   */
  private static double[] growing(double first, double factor) {
    return growing(first, factor, 14);
  }

  private static double[] growing(double first, double factor, int count) {
    return DoubleStream.iterate(first, bound -> bound * factor).limit(count).toArray();
  }

  private static MeterSpec inferenceTokens(String name, String description) {
    return MeterSpec.counter("gen_ai.client.inference.usage." + name, description)
        .ofMethods(Tag.OPERATION, Tag.PROVIDER, Tag.MODEL, "gen_ai.token.modality");
  }
}
