package io.gild.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The console of another JVM. While it cannot be reached, its last state is shown, marked as such.
 * Thread-safe.
 */
final class RemoteSource implements ConsoleSource {

  private static final int UPDATE_MILLIS = 1_000;

  private final ConsoleClient client;
  private volatile Map<String, @Nullable Object> known;
  private volatile boolean reachable = true;

  /** Creates a source that shows a JVM by its number until the JVM answers. */
  RemoteSource(ConsoleClient client, String jvm, String name, long pid) {
    this.client = client;
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("jvm", jvm);
    row.put("name", name);
    row.put("pid", pid);
    row.put("reachable", false);
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("readOnly", true);
    state.put("jvms", List.of(row));
    this.known = state;
  }

  String url() {
    return client.base();
  }

  boolean isReachable() {
    return reachable;
  }

  /** Returns the numbers of the JVMs behind the console. */
  Set<String> jvms() {
    Set<String> jvms = new HashSet<>();
    if (known.get("jvms") instanceof List<?> rows) {
      for (Object row : rows) {
        if (row instanceof Map<?, ?> jvm) {
          jvms.add(String.valueOf(jvm.get("jvm")));
        }
      }
    }
    return jvms;
  }

  /** Reads the state once, so that a wrong address or token is noticed. */
  void connect() throws IOException {
    known = client.get("/v1/state");
    reachable = true;
  }

  @Override
  public Map<String, @Nullable Object> state() {
    try {
      connect();
    } catch (IOException gone) {
      reachable = false;
      known = unreachable(known);
    }
    return known;
  }

  /** Returns a state of which the JVMs are marked, and nothing else is changed. */
  private static Map<String, @Nullable Object> unreachable(Map<String, @Nullable Object> state) {
    Map<String, @Nullable Object> marked = new LinkedHashMap<>(state);
    List<Object> jvms = new ArrayList<>();
    if (state.get("jvms") instanceof List<?> rows) {
      for (Object row : rows) {
        Map<Object, @Nullable Object> jvm = new LinkedHashMap<>();
        if (row instanceof Map<?, ?> before) {
          jvm.putAll(before);
        }
        jvm.put("reachable", false);
        jvms.add(jvm);
      }
    }
    marked.put("jvms", jvms);
    return marked;
  }

  @Override
  public Tail tail() {
    Set<Object> seen = new HashSet<>();
    boolean[] first = {true};
    return most -> {
      Map<String, @Nullable Object> calls = client.get("/v1/calls?limit=" + most);
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      Set<Object> present = new HashSet<>();
      for (Map<String, @Nullable Object> call : MergedSource.maps(calls.get("rows"))) {
        Object id = call.get("id");
        if (id != null && !"running".equals(call.get("outcome"))) {
          present.add(id);
          if (!seen.contains(id)) {
            rows.add(0, call);
          }
        }
      }
      seen.clear();
      seen.addAll(present);
      boolean begins = first[0];
      first[0] = false;
      return new NewCalls(begins ? List.of() : rows, 0);
    };
  }

  @Override
  public Map<String, @Nullable Object> calls(Query query) throws IOException {
    return client.get("/v1/calls" + ConsoleClient.query(query));
  }

  private @Nullable Map<String, @Nullable Object> find(String path) throws IOException {
    try {
      return client.get(path);
    } catch (ConsoleClient.Refused refused) {
      if (refused.status() == ConsoleReply.NOT_FOUND) {
        return null;
      }
      throw refused;
    }
  }

  @Override
  public @Nullable Map<String, @Nullable Object> tree(String jvm, String id, Query query)
      throws IOException {
    return jvms().contains(jvm) ? find(path(jvm, id) + ConsoleClient.query(query)) : null;
  }

  private static String path(String jvm, String id) {
    return "/v1/calls/" + ConsoleClient.encoded(jvm) + "/" + ConsoleClient.encoded(id);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> span(String jvm, String id, String span)
      throws IOException {
    return jvms().contains(jvm)
        ? find(path(jvm, id) + "/spans/" + ConsoleClient.encoded(span))
        : null;
  }

  @Override
  public @Nullable Map<String, @Nullable Object> content(String jvm, String id, String span)
      throws IOException {
    return jvms().contains(jvm)
        ? find(path(jvm, id) + "/spans/" + ConsoleClient.encoded(span) + "/content")
        : null;
  }

  @Override
  public Map<String, @Nullable Object> cost(Query query) throws IOException {
    return client.get("/v1/cost" + ConsoleClient.query(query));
  }

  @Override
  public Map<String, @Nullable Object> golden() throws IOException {
    return client.get("/v1/golden");
  }

  @Override
  public Map<String, @Nullable Object> policies() throws IOException {
    return client.get("/v1/policies");
  }

  @Override
  public String operate(String control, String action, String who) throws IOException {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("control", control);
    body.put("action", action);
    body.put("who", who);
    return String.valueOf(client.post("/v1/actions", body).get("words"));
  }

  @Override
  public boolean allowsActions() {
    return Boolean.FALSE.equals(known.get("readOnly"));
  }

  @Override
  public int updateMillis() {
    return UPDATE_MILLIS;
  }
}
