package io.gild.a2a.server;

import io.gild.a2a.AgentCapabilities;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentSkill;
import io.gild.config.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A server with one agent, and a client of it. */
final class Served implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger IDS = new AtomicInteger();

  final A2aServer server;
  final HttpClient client = HttpClient.newHttpClient();

  private Served(A2aServer server) {
    this.server = server;
  }

  static AgentCard card() {
    return AgentCard.builder("Test agent", "answers")
        .capabilities(AgentCapabilities.streaming(true).pushNotifications(true))
        .inputModes("text/plain", "application/json", "application/octet-stream")
        .skills(AgentSkill.of("answer", "Answer", "answers", "test"))
        .build();
  }

  static A2aServer.Builder builder(A2aHandler handler) {
    return A2aServer.builder().agent(A2aAgent.of("test", card(), handler));
  }

  static Served start(A2aHandler handler) {
    return new Served(builder(handler).start());
  }

  static Served start(A2aServer.Builder builder) {
    return new Served(builder.start());
  }

  static String newId() {
    return "m" + IDS.incrementAndGet();
  }

  static Map<String, Object> message(String id, String text, String... more) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("messageId", id);
    message.put("role", "ROLE_USER");
    message.put("parts", List.of(Map.of("text", text)));
    for (int i = 0; i < more.length; i += 2) {
      message.put(more[i], more[i + 1]);
    }
    return message;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(PATIENCE)
        .header("A2A-Version", "1.0")
        .header("Content-Type", "application/json");
  }

  HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  HttpResponse<String> post(String path, Object body) {
    return exchange(request(path).POST(BodyPublishers.ofString(Json.write(body))).build());
  }

  HttpResponse<String> get(String path) {
    return exchange(request(path).GET().build());
  }

  static Map<?, ?> json(HttpResponse<String> response) {
    return json(response.body());
  }

  static Map<?, ?> json(String text) {
    Object json = Json.read(text);
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    throw new AssertionError("not an object: " + text);
  }

  /** Calls a method of version 1.0 and returns the whole answer. */
  Map<?, ?> call(String method, Object params) {
    return json(post("/", rpc(method, params)));
  }

  static Map<String, Object> rpc(String method, Object params) {
    Map<String, Object> rpc = new LinkedHashMap<>();
    rpc.put("jsonrpc", "2.0");
    rpc.put("id", 1);
    rpc.put("method", method);
    rpc.put("params", params);
    return rpc;
  }

  /** Calls a method of version 0.3 and returns the whole answer. */
  Map<?, ?> callOld(String method, Object params) {
    return json(
        exchange(
            HttpRequest.newBuilder(uri("/"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(rpc(method, params))))
                .build()));
  }

  Map<?, ?> send(Map<String, Object> message) {
    return call("SendMessage", Map.of("message", message));
  }

  /** Sends a message and returns its task. */
  Map<?, ?> task(Map<String, Object> message) {
    return (Map<?, ?>) at(send(message), "result", "task");
  }

  static @Nullable Object at(Object json, String... path) {
    Object value = json;
    for (String name : path) {
      if (!(value instanceof Map<?, ?> map)) {
        throw new AssertionError("no " + name + " in " + Json.write(json));
      }
      value = map.get(name);
    }
    return value;
  }

  static String text(Object json, String... path) {
    return String.valueOf(at(json, path));
  }

  /** Opens a stream of version 1.0 over HTTP+JSON. */
  Events stream(String path, @Nullable Object body) {
    HttpRequest.Builder request = request(path);
    HttpRequest built =
        body == null
            ? request.GET().build()
            : request.POST(BodyPublishers.ofString(Json.write(body))).build();
    try {
      HttpResponse<InputStream> response = client.send(built, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError(
            new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      return new Events(response);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** The events of a stream. */
  static final class Events implements AutoCloseable {

    final HttpResponse<InputStream> response;
    private final BufferedReader reader;

    Events(HttpResponse<InputStream> response) {
      this.response = response;
      this.reader =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** Returns the next event, or null at the end. */
    @Nullable Map<?, ?> next() throws IOException {
      String line;
      while ((line = reader.readLine()) != null) {
        if (line.startsWith("data: ")) {
          return json(line.substring("data: ".length()));
        }
      }
      return null;
    }

    List<Map<?, ?>> rest() throws IOException {
      List<Map<?, ?>> events = new ArrayList<>();
      Map<?, ?> event;
      while ((event = next()) != null) {
        events.add(event);
      }
      return events;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + PATIENCE + " in vain");
      }
      Thread.onSpinWait();
      try {
        Thread.sleep(5);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
