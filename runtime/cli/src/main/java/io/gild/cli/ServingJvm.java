package io.gild.cli;

import io.gild.a2a.A2aException;
import io.gild.a2a.serve.ServedObject;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aServer;
import io.gild.a2a.server.A2aSettings;
import io.gild.config.GildYaml;
import io.gild.config.Json;
import io.gild.config.Printable;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.evaluation.GoldenAgents;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the JVM in which agents are served; {@link ServingProcess} starts it.
 *
 * <p>It reads the agents from the first line of its standard input, and ends with that input.
 */
@SuppressWarnings("SystemOut") // it is a program
final class ServingJvm {

  /** The system property by which the javaagent knows that this command serves. */
  static final String MARK = "gild.serving";

  static final String DECLARED = "declared";
  static final String UNDECLARED = "undeclared";

  private static final int NOTHING = 1;
  private static final int UNUSABLE = 2;

  private final GoldenAgents agents = new GoldenAgents(ClassLoader.getSystemClassLoader());
  private final Map<String, A2aAgent> served = new LinkedHashMap<>();

  private ServingJvm() {}

  /**
   * Serves agents.
   *
   * @param arguments none
   * @throws IOException if the agents cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    InputStream input = System.in;
    System.setIn(InputStream.nullInputStream());
    BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    String order = Objects.requireNonNull(lines.readLine(), "the agents");
    int status = new ServingJvm().serve((Map<?, ?>) Objects.requireNonNull(Json.read(order)));
    if (status != 0) {
      System.exit(status);
    }
    while (lines.readLine() != null) {
      // Nothing else is said; the end says that the command is gone.
    }
    System.exit(0);
  }

  private int serve(Map<?, ?> order) {
    A2aSettings settings;
    try {
      settings = settings().get(A2aSettings.SECTION);
    } catch (SettingsException wrong) {
      wrong.problems().forEach(problem -> complain(problem.toString()));
      return UNUSABLE;
    }
    for (DeclaredAgent agent : agents(order.get(DECLARED))) {
      add(agent, true);
    }
    for (DeclaredAgent agent : agents(order.get(UNDECLARED))) {
      add(agent, false);
    }
    if (served.isEmpty()) {
      complain("gild: no agent can be served");
      return NOTHING;
    }
    try {
      start(settings);
      return 0;
    } catch (A2aException failure) {
      complain("gild: " + failure.getMessage());
      return UNUSABLE;
    }
  }

  private static Settings settings() {
    Path file = GildYaml.ofThisJvm();
    return file == null ? Settings.ofThisJvm().build() : Settings.load(file);
  }

  private static List<DeclaredAgent> agents(@Nullable Object listed) {
    List<DeclaredAgent> agents = new ArrayList<>();
    for (Object each : (List<?>) Objects.requireNonNull(listed)) {
      agents.add(DeclaredAgent.read("order", String.valueOf(each)));
    }
    return agents;
  }

  /** Adds an agent; one that cannot be made keeps no other from being served. */
  private void add(DeclaredAgent declared, boolean registered) {
    A2aAgent agent;
    try {
      Object object = agents.make(declared);
      agent = registered ? ServedObject.agent(object) : undeclared(declared, object);
    } catch (Exception | LinkageError failure) {
      complain(
          "gild: agent %s (%s) is not served: %s"
              .formatted(declared.name(), declared.type(), reason(failure)));
      return;
    }
    A2aAgent first = served.putIfAbsent(agent.name(), agent);
    if (first != null) {
      complain(
          "gild: agent %s (%s) is not served, because another agent has its address /agents/%s."
                  .formatted(declared.name(), declared.type(), agent.name())
              + " Give it another name, or name the agents to serve");
    }
  }

  private static String reason(Throwable failure) {
    boolean ours =
        failure instanceof IllegalStateException || failure instanceof IllegalArgumentException;
    return ours ? String.valueOf(failure.getMessage()) : failure.toString();
  }

  private static A2aAgent undeclared(DeclaredAgent declared, Object object)
      throws ReflectiveOperationException {
    DeclaredMethod named = declared.methods().get(0);
    Class<?> type = Class.forName(declared.type(), false, ClassLoader.getSystemClassLoader());
    for (Method method : type.getDeclaredMethods()) {
      String descriptor =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes())
              .toMethodDescriptorString();
      if (method.getName().equals(named.name()) && descriptor.equals(named.descriptor())) {
        String description = "Answers with " + type.getSimpleName() + "." + method.getName() + ".";
        return ServedObject.agent(declared.name(), description, object, method);
      }
    }
    throw new NoSuchMethodException(declared.type() + "#" + named.name());
  }

  private void start(A2aSettings settings) {
    A2aServer.Builder builder = A2aServer.builder().settings(settings);
    served.values().forEach(builder::agent);
    A2aServer server = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "gild-serve-end"));
    for (A2aAgent agent : served.values()) {
      String url = server.url() + "/agents/" + agent.name();
      boolean atRoot = served.size() == 1 || agent.name().equals(settings.defaultAgent());
      print(
          System.out,
          "%s  %s  card: %s/.well-known/agent-card.json"
              .formatted(agent.card().name(), atRoot ? server.url() : url, url));
    }
  }

  private static void complain(String line) {
    print(System.err, line);
  }

  private static void print(PrintStream stream, String line) {
    stream.println(Printable.of(line));
    stream.flush();
  }
}
