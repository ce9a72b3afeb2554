package io.gild.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Routes a request to the handler of its path. */
final class Routes implements WireServer.Handler {

  private static final String JSON = "application/json";
  private static final Pattern BEDROCK =
      Pattern.compile(
          "/model/([^/]+)/(converse|converse-stream|invoke|invoke-with-response-stream)");

  private final Conduct conduct;
  private final RequestLog log;
  private final OpenAiFormat openAi;
  private final WireFormat responses;
  private final WireFormat anthropic;
  private final WireFormat ollama;

  Routes(Conduct conduct, RequestLog log) {
    this.conduct = conduct;
    this.log = log;
    this.openAi = new OpenAiFormat(conduct.clock());
    this.responses = new ResponsesFormat(conduct.clock(), openAi);
    this.anthropic = new AnthropicFormat();
    this.ollama = new OllamaFormat(conduct.clock());
  }

  @Override
  public void handle(WireRequest request, WireResponse response) throws IOException {
    if (request.path().startsWith("/_")) {
      administer(request, response);
      return;
    }
    RequestLog.Entry entry = log.arrived(request.path());
    switch (request.path()) {
      case "/v1/chat/completions" -> ask(openAi, request, response, entry);
      case "/v1/responses" -> ask(responses, request, response, entry);
      case "/v1/messages" -> ask(anthropic, request, response, entry);
      case "/api/chat" -> ask(ollama, request, response, entry);
      case "/v1/embeddings", "/api/embed" -> embed("input", request, response, entry);
      case "/api/embeddings" -> embed("prompt", request, response, entry);
      case "/v1/models", "/api/tags" -> reply(response, entry, 200, models(request.path()));
      default -> askForModel(request, response, entry);
    }
  }

  /** Routes a request to the vendors whose paths name the model. */
  private void askForModel(WireRequest request, WireResponse response, RequestLog.Entry entry)
      throws IOException {
    GeminiFormat gemini = GeminiFormat.of(request.path());
    Matcher bedrock = BEDROCK.matcher(request.path());
    if (bedrock.matches()) {
      askBedrock(bedrock.group(1), bedrock.group(2), request, response, entry);
    } else if (gemini == null) {
      reply(response, entry, 404, openAi.error(404, "No such path: " + request.path()));
    } else if (gemini.embeds()) {
      embed(gemini, request, response, entry);
    } else {
      ask(gemini, request, response, entry);
    }
  }

  private void askBedrock(
      String encoded,
      String verb,
      WireRequest request,
      WireResponse response,
      RequestLog.Entry entry)
      throws IOException {
    String model = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    if (verb.startsWith("converse")) {
      ask(new ConverseFormat(model, verb.endsWith("-stream")), request, response, entry);
      return;
    }
    InvokeFormat invoke = new InvokeFormat(conduct.clock(), model, !verb.equals("invoke"));
    if (model.contains("embed")) {
      embed(model, invoke, request, response, entry);
    } else {
      ask(invoke, request, response, entry);
    }
  }

  private void embed(
      String model,
      WireFormat format,
      WireRequest request,
      WireResponse response,
      RequestLog.Entry entry)
      throws IOException {
    try {
      JsonNode body = body(request);
      List<String> texts = Embeddings.inputs(body.path(body.has("texts") ? "texts" : "inputText"));
      int tokens = texts.stream().mapToInt(Tokens::estimate).sum();
      new Embedding(conduct, format, response, entry)
          .serve(model, texts, tokens, Embeddings.bedrock(body, texts, tokens));
    } catch (JsonProcessingException e) {
      reply(response, entry, 400, format.error(400, "The body is not JSON: " + e.getMessage()));
    }
  }

  private void administer(WireRequest request, WireResponse response) throws IOException {
    switch (request.method() + " " + request.path()) {
      case "GET /_log" -> response.send(200, "application/x-ndjson", log.toJsonLines(), Map.of());
      case "GET /_log/summary" ->
          response.send(200, JSON, RequestSummary.of(log.all()).toJson(), Map.of());
      case "POST /_reset" -> {
        log.reset();
        response.send(200, JSON, "{}", Map.of());
      }
      default -> response.send(404, JSON, openAi.error(404, "No such path"), Map.of());
    }
  }

  private void ask(
      WireFormat format, WireRequest request, WireResponse response, RequestLog.Entry entry)
      throws IOException {
    try {
      JsonNode body = body(request);
      new ChatExchange(conduct, format, response, entry).serve(body, format.read(body));
    } catch (JsonProcessingException e) {
      reply(response, entry, 400, format.error(400, "The body is not JSON: " + e.getMessage()));
    }
  }

  private void embed(
      String field, WireRequest request, WireResponse response, RequestLog.Entry entry)
      throws IOException {
    WireFormat format = request.path().startsWith("/v1") ? openAi : ollama;
    try {
      JsonNode body = body(request);
      List<String> texts = Embeddings.inputs(body.path(field));
      int tokens = texts.stream().mapToInt(Tokens::estimate).sum();
      String answer =
          switch (request.path()) {
            case "/v1/embeddings" -> Embeddings.openAi(body, texts, tokens);
            case "/api/embed" -> Embeddings.ollama(body, texts, tokens);
            default -> Embeddings.ollamaOld(texts);
          };
      new Embedding(conduct, format, response, entry)
          .serve(body.path("model").asText(), texts, tokens, answer);
    } catch (JsonProcessingException e) {
      reply(response, entry, 400, format.error(400, "The body is not JSON: " + e.getMessage()));
    }
  }

  /** Google does not report tokens of embeddings, so none are billed. */
  private void embed(
      GeminiFormat gemini, WireRequest request, WireResponse response, RequestLog.Entry entry)
      throws IOException {
    try {
      JsonNode body = body(request);
      List<String> texts = gemini.texts(body);
      new Embedding(conduct, gemini, response, entry)
          .serve(gemini.model(), texts, 0, Embeddings.gemini(texts, body.has("requests")));
    } catch (JsonProcessingException e) {
      reply(response, entry, 400, gemini.error(400, "The body is not JSON: " + e.getMessage()));
    }
  }

  private static JsonNode body(WireRequest request) throws JsonProcessingException {
    return JsonNodes.MAPPER.readTree(request.text());
  }

  private String models(String path) {
    boolean isOpenAi = path.startsWith("/v1");
    ObjectNode json = JsonNodes.object();
    ArrayNode list = json.putArray(isOpenAi ? "data" : "models");
    for (String model : conduct.models()) {
      if (isOpenAi) {
        list.addObject().put("id", model).put("object", "model").put("owned_by", "loopback");
      } else {
        list.addObject().put("name", model).put("model", model);
      }
    }
    return JsonNodes.write(isOpenAi ? json.put("object", "list") : json);
  }

  private static void reply(WireResponse response, RequestLog.Entry entry, int status, String body)
      throws IOException {
    entry.completed(status);
    response.send(status, JSON, body, Map.of());
  }
}
