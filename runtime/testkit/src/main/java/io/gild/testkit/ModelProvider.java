package io.gild.testkit;

import io.gild.config.Experimental;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model provider on the loopback interface, for tests and demonstrations without keys.
 *
 * <p>It supports
 *
 * <ul>
 *   <li>OpenAI: {@code /v1/chat/completions} (JSON and SSE, tools, usage chunk), {@code
 *       /v1/embeddings}, {@code /v1/models};
 *   <li>Anthropic: {@code /v1/messages} (JSON and SSE, tools);
 *   <li>Ollama: {@code /api/chat} (JSON and JSON lines, tools), {@code /api/embeddings}, {@code
 *       /api/embed}, {@code /api/tags};
 *   <li>Gemini: {@code /v1beta/models/{model}:generateContent} and {@code :streamGenerateContent}
 *       (JSON and SSE, tools), {@code :embedContent}, {@code :batchEmbedContents};
 *   <li>Amazon Bedrock: {@code /model/{model}/converse} and {@code /converse-stream} (tools),
 *       {@code /invoke} and {@code /invoke-with-response-stream} with Anthropic's bodies;
 *   <li>about itself: {@code GET /_log} (JSON lines), {@code GET /_log/summary}, {@code POST
 *       /_reset}. These are neither logged nor made to fail.
 * </ul>
 *
 * <p>Every request gets a sequence number from 1 on, and its fault and its jitter follow from the
 * seed and that number. {@link Tokens} counts the tokens. Safe for use by many threads; its threads
 * are daemons.
 *
 * <pre>{@code
 * try (var provider =
 *     ModelProvider.builder().answers(Answerer.always("hello")).faults(Faults.rate(0.07)).start()) {
 *   // let the client ask provider.openAiBaseUrl(), then look at provider.requests()
 * }
 * }</pre>
 */
@Experimental
public final class ModelProvider implements AutoCloseable {

  private final RequestLog log;
  private final WireServer server;

  private ModelProvider(RequestLog log, WireServer server) {
    this.log = log;
    this.server = server;
  }

  /** Returns a builder of a provider that by default echoes at once and without faults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the URL for clients of Anthropic, Gemini and Ollama, such as {@code
   * http://127.0.0.1:4711}.
   */
  public String baseUrl() {
    return "http://127.0.0.1:" + port();
  }

  /** Returns the URL for clients of OpenAI: {@link #baseUrl()} with {@code /v1}. */
  public String openAiBaseUrl() {
    return baseUrl() + "/v1";
  }

  public int port() {
    return server.port();
  }

  /** Returns all requests so far, by sequence; those in flight have status 0 and duration 0. */
  public List<LoggedRequest> requests() {
    return log.all();
  }

  /** Returns the totals of {@link #requests()}. */
  public RequestSummary summary() {
    return RequestSummary.of(log.all());
  }

  /** Writes {@link #requests()} to a file, one JSON object per line. */
  public void writeLog(Path file) {
    try {
      Files.writeString(file, log.toJsonLines());
    } catch (IOException e) {
      throw new UncheckedIOException("The request log cannot be written to " + file, e);
    }
  }

  /** Clears the log; the next request is number 1 again. */
  public void reset() {
    log.reset();
  }

  /** Closes the port and every connection, including stalled ones. */
  @Override
  public void close() {
    server.close();
  }

  /** The description of a provider. */
  public static final class Builder {

    private static final Duration DEFAULT_STALL = Duration.ofSeconds(60);

    private int port;
    private long seed = 1;
    private Answerer answerer = Answerer.echo();
    private Latency latency = Latency.none();
    private final Map<String, Latency> latencies = new LinkedHashMap<>();
    private Faults faults = Faults.none();
    private final Map<String, Faults> faultsByModel = new LinkedHashMap<>();
    private Duration retryAfter = Duration.ofSeconds(1);
    private Duration stall = DEFAULT_STALL;
    private List<String> models = List.of("gpt-4o", "gpt-4o-mini", "gpt-4.1-nano");
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /** Sets the port; 0, the default, is any free one. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /** Sets the seed of faults and jitter. */
    public Builder seed(long number) {
      this.seed = number;
      return this;
    }

    /** Sets the answers of the models. */
    public Builder answers(Answerer mind) {
      this.answerer = mind;
      return this;
    }

    /** Sets the latency of all models without their own latency. */
    public Builder latency(Latency ofAll) {
      this.latency = ofAll;
      return this;
    }

    /** Sets the latency of one model. */
    public Builder latency(String model, Latency ofModel) {
      latencies.put(model, ofModel);
      return this;
    }

    /** Sets the faults of all models without their own faults. */
    public Builder faults(Faults ofAll) {
      this.faults = ofAll;
      return this;
    }

    /** Sets the faults of one model, by the sequence numbers of all requests. */
    public Builder faults(String model, Faults ofModel) {
      faultsByModel.put(model, ofModel);
      return this;
    }

    /**
     * Sets how long a 429 requires the client to wait: sent exactly as {@code retry-after-ms} and,
     * because HTTP has whole seconds only, rounded up as {@code Retry-After}.
     */
    public Builder retryAfter(Duration wait) {
      this.retryAfter = wait;
      return this;
    }

    /** Sets how long a stalled request is held at most. */
    public Builder stallFor(Duration bound) {
      this.stall = bound;
      return this;
    }

    /** Sets the models that are listed; others are answered as well. */
    public Builder models(String... names) {
      this.models = List.of(names);
      return this;
    }

    /** Sets the clock for the times in answers. */
    public Builder clock(Clock source) {
      this.clock = source;
      return this;
    }

    /** Starts the provider. */
    public ModelProvider start() {
      RequestLog log = new RequestLog();
      Conduct conduct =
          new Conduct(
              seed,
              answerer,
              latency,
              Map.copyOf(latencies),
              faults,
              Map.copyOf(faultsByModel),
              retryAfter,
              stall,
              models,
              clock);
      return new ModelProvider(log, WireServer.start(port, new Routes(conduct, log)));
    }
  }
}
