package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.gild.config.Experimental;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model provider on the loopback interface whose answers have random shapes, each valid in its
 * protocol: optional fields left out, chunks that are empty, extra or in another order, every
 * finish reason, counts that come early, late, twice or never, all allowed comments and line ends,
 * characters that are split over packets.
 *
 * <p>The number at the end of a request's model is the seed of its answer: {@code shape-17} always
 * gets the same answer, at any time and for any client. Supports the protocols of {@link
 * ModelProvider}. Safe for use by many threads.
 */
@Experimental
public final class ShapeProvider implements AutoCloseable {

  private static final Pattern SEED = Pattern.compile("(\\d+)\\D*$");
  private static final Pattern GEMINI = Pattern.compile("/v1beta/models/([^:]+):(\\w+)");
  private static final Pattern BEDROCK =
      Pattern.compile(
          "/model/([^/]+)/(converse|converse-stream|invoke|invoke-with-response-stream)");

  /**
   * An answer that was served.
   *
   * @param path the path of the request
   * @param model the model of the request
   * @param inputTokens the input that the answer counted; zero if it did not
   * @param outputTokens the output that the answer counted; zero if it did not
   * @param text the answer as it was sent
   */
  public record Served(
      String path, String model, long inputTokens, long outputTokens, String text) {}

  private final StreamEnding first;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final List<Served> served = Collections.synchronizedList(new ArrayList<>());
  private final WireServer server = WireServer.start(0, this::handle);

  private ShapeProvider(StreamEnding first) {
    this.first = first;
  }

  /** Starts a provider on any free port, whose streams all end normally. */
  public static ShapeProvider start() {
    return new ShapeProvider(StreamEnding.PROPER);
  }

  /**
   * Starts a provider whose first stream of each model has the given end; all others end normally.
   */
  public static ShapeProvider startingWith(StreamEnding first) {
    return new ShapeProvider(first);
  }

  /** Returns the URL for clients of Anthropic, Gemini, Ollama and Bedrock. */
  public String baseUrl() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Returns the URL for clients of OpenAI. */
  public String openAiBaseUrl() {
    return baseUrl() + "/v1";
  }

  /** Returns all answers so far, in the order of their requests. */
  public List<Served> served() {
    synchronized (served) {
      return List.copyOf(served);
    }
  }

  /** Clears the served answers. */
  public void reset() {
    served.clear();
  }

  private void handle(WireRequest request, WireResponse response) throws IOException {
    JsonNode body = JsonNodes.MAPPER.readTree(request.text());
    String model = model(request.path(), body);
    Matcher number = SEED.matcher(model);
    Shape shape =
        shape(request.path(), model, body, number.find() ? Long.parseLong(number.group(1)) : 0);
    served.add(
        new Served(request.path(), model, shape.inputTokens(), shape.outputTokens(), shape.text()));
    if (!shape.streamed()) {
      response.send(200, "application/json", shape.text(), Map.of());
      return;
    }
    response.startStream(shape.type());
    for (byte[] packet : shape.packets()) {
      response.write(packet);
    }
    response.endStream();
  }

  private static String model(String path, JsonNode body) {
    Matcher gemini = GEMINI.matcher(path);
    Matcher bedrock = BEDROCK.matcher(path);
    if (gemini.matches()) {
      return gemini.group(1);
    }
    return bedrock.matches()
        ? URLDecoder.decode(bedrock.group(1), StandardCharsets.UTF_8)
        : body.path("model").asText();
  }

  private Shape shape(String path, String model, JsonNode body, long seed) {
    StreamEnding ending = asked.add(model) ? first : StreamEnding.PROPER;
    Dice dice = new Dice(seed * 31 + path.substring(path.lastIndexOf('/')).hashCode(), ending);
    boolean streamed = body.path("stream").asBoolean();
    Matcher gemini = GEMINI.matcher(path);
    Matcher bedrock = BEDROCK.matcher(path);
    if (gemini.matches() && gemini.group(2).contains("mbed")) {
      return new EmbeddingShapes(dice, model).gemini(body);
    }
    if (gemini.matches()) {
      return new GeminiShapes(dice, model).shape(gemini.group(2).startsWith("stream"));
    }
    if (bedrock.matches() && model.contains("embed")) {
      return new EmbeddingShapes(dice, model).titan();
    }
    if (bedrock.matches()) {
      boolean chunks = bedrock.group(2).endsWith("-stream");
      return bedrock.group(2).startsWith("converse")
          ? new ConverseShapes(dice).shape(chunks)
          : new InvokeShapes(dice, model).shape(chunks);
    }
    return switch (path) {
      case "/v1/responses" -> new ResponsesShapes(dice, model).shape(streamed);
      case "/v1/messages" -> new AnthropicShapes(dice, model).shape(streamed);
      case "/api/chat" -> new OllamaShapes(dice, model).shape(!body.has("stream") || streamed);
      case "/v1/embeddings" -> new EmbeddingShapes(dice, model).openAi(body);
      case "/api/embed" -> new EmbeddingShapes(dice, model).ollama(body);
      default -> new OpenAiShapes(dice, model).shape(streamed);
    };
  }

  /** Closes the port and every connection. */
  @Override
  public void close() {
    server.close();
  }
}
