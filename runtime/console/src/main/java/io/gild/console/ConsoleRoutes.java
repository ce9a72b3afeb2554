package io.gild.console;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.gild.config.Json;
import io.gild.core.GildLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the console answers to requests other than those for its page and its stream. */
final class ConsoleRoutes {

  private static final int MOST_BODY = 65_536;
  private static final Pattern CALL =
      Pattern.compile("/v1/calls/([^/]+)/([^/]+)(?:/spans/([^/]+)(/content)?)?");

  private final ConsoleSource source;
  private final RequestGuard guard;

  ConsoleRoutes(ConsoleSource source, RequestGuard guard) {
    this.source = source;
    this.guard = guard;
  }

  ConsoleReply answer(HttpExchange exchange, String path) throws IOException {
    try {
      return path.equals("/v1/actions") ? act(exchange) : get(exchange, path);
    } catch (Query.BadRequest wrong) {
      return ConsoleReply.problem(ConsoleReply.BAD, String.valueOf(wrong.getMessage()));
    } catch (RuntimeException | LinkageError fault) {
      GildLog.faultOnce("The console, at " + path, fault);
      return ConsoleReply.problem(
          ConsoleReply.FAILED,
          "the console failed at " + path + " (" + fault + "); the log has more");
    }
  }

  private ConsoleReply get(HttpExchange exchange, String path) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      return ConsoleReply.problem(
          ConsoleReply.NOT_ALLOWED,
          path + " can only be read, but " + exchange.getRequestMethod() + " was requested");
    }
    Query query = Query.of(exchange.getRequestURI().getRawQuery());
    Map<String, @Nullable Object> found =
        switch (path) {
          case "/v1/state" -> source.state();
          case "/v1/calls" -> source.calls(query);
          case "/v1/cost" -> source.cost(query);
          case "/v1/golden" -> source.golden();
          case "/v1/policies" -> source.policies();
          default -> null;
        };
    if (found != null) {
      return ConsoleReply.json(ConsoleReply.OK, found);
    }
    boolean trusted = guard.hasToken(exchange.getRequestHeaders());
    if (path.equals("/v1/export")) {
      return !trusted && Exports.wantsContent(query) ? secret() : Exports.of(source, query);
    }
    Matcher call = CALL.matcher(path);
    return call.matches() ? call(call, query, trusted) : unknown(path);
  }

  /** Every user of the machine can reach a loopback address; prompts are not for all of them. */
  private static ConsoleReply secret() {
    return ConsoleReply.problem(
        ConsoleReply.UNAUTHORIZED,
        "prompts and answers are shown only with this console's token; \"gild console\" prints an"
            + " address that has it");
  }

  private static ConsoleReply unknown(String path) {
    return ConsoleReply.problem(
        ConsoleReply.NOT_FOUND,
        "there is no "
            + ShortNames.cut(path)
            + "; there are /, /v1/state, /v1/stream, /v1/calls, /v1/cost, /v1/golden, /v1/policies,"
            + " /v1/export and /v1/actions");
  }

  private ConsoleReply call(Matcher path, Query query, boolean trusted) throws IOException {
    String jvm = path.group(1);
    String id = path.group(2);
    String span = path.group(3);
    Map<String, @Nullable Object> found =
        span == null
            ? source.tree(jvm, id, query)
            : path.group(4) == null ? source.span(jvm, id, span) : source.content(jvm, id, span);
    if (found == null) {
      return ConsoleReply.problem(
          ConsoleReply.NOT_FOUND,
          "the call "
              + ShortNames.cut(id)
              + " is not recorded any more, or never was; console.records is how many calls are"
              + " kept");
    }
    return !trusted && Boolean.TRUE.equals(found.get("captured"))
        ? secret()
        : ConsoleReply.json(ConsoleReply.OK, found);
  }

  private ConsoleReply act(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    if (!exchange.getRequestMethod().equals("POST")) {
      return ConsoleReply.problem(ConsoleReply.NOT_ALLOWED, "/v1/actions takes POST alone");
    }
    if (!source.allowsActions()) {
      return ConsoleReply.problem(
          ConsoleReply.FORBIDDEN,
          "this console only reads; set console.actions to true in gild.yaml to allow actions");
    }
    String type = headers.getFirst("Content-Type");
    boolean json = type != null && type.strip().startsWith("application/json");
    if (!guard.mayAct(headers) || !json || !"1".equals(headers.getFirst("X-Gild-Action"))) {
      return ConsoleReply.problem(
          ConsoleReply.FORBIDDEN,
          "an action needs the own origin or the token, the content type application/json and the"
              + " header X-Gild-Action: 1");
    }
    Map<?, ?> body = body(exchange);
    try {
      String words =
          source.operate(text(body, "control"), text(body, "action"), who(exchange, body));
      Map<String, @Nullable Object> done = new LinkedHashMap<>();
      done.put("done", true);
      done.put("words", words);
      return ConsoleReply.json(ConsoleReply.OK, done);
    } catch (IllegalArgumentException gone) {
      return ConsoleReply.problem(ConsoleReply.BAD, String.valueOf(gone.getMessage()));
    } catch (IOException notWritten) {
      return ConsoleReply.problem(ConsoleReply.FAILED, String.valueOf(notWritten.getMessage()));
    }
  }

  /** A console of several JVMs passes on who asked it; it has the token. */
  private String who(HttpExchange exchange, Map<?, ?> body) {
    String client = "console client " + exchange.getRemoteAddress();
    return body.get("who") instanceof String who && guard.hasToken(exchange.getRequestHeaders())
        ? ShortNames.cut(who) + " through " + client
        : client;
  }

  private static Map<?, ?> body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY);
    try {
      if (Json.read(new String(body, StandardCharsets.UTF_8)) instanceof Map<?, ?> map) {
        return map;
      }
    } catch (IllegalArgumentException wrong) {
      // as one that is no object
    }
    throw new Query.BadRequest("the body must be a JSON object with control and action");
  }

  private static String text(Map<?, ?> body, String name) {
    if (body.get(name) instanceof String text) {
      return text;
    }
    throw new Query.BadRequest(
        name + " must be a text, but is " + ShortNames.cut(Json.write(body.get(name))));
  }
}
