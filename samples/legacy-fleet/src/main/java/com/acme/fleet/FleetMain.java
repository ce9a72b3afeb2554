package com.acme.fleet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Asks each agent of a compiled fleet three questions, and writes the answers to a file. */
public final class FleetMain {

  /** The libraries of a fleet, each as {@code group:artifact:version}. */
  public static final List<String> LIBRARIES =
      List.of(
          "dev.langchain4j:langchain4j:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "com.openai:openai-java:4.101.0",
          "com.openai:openai-java-core:4.101.0",
          "com.openai:openai-java-client-okhttp:4.101.0",
          "com.anthropic:anthropic-java:3.12.0",
          "org.springframework.ai:spring-ai-openai:2.0.1",
          "org.springframework.ai:spring-ai-client-chat:2.0.1",
          "com.squareup.okhttp3:okhttp:4.12.0",
          "com.fasterxml.jackson.core:jackson-annotations:2.21",
          "org.slf4j:slf4j-nop:2.0.17");

  /** A question to which the provider answers with one failure first. */
  public static final String BUSY = "Are you busy?";

  private static final List<String> QUESTIONS =
      List.of("Where is order 4711?", "What do I get for caf\u00e9 and cr\u00e8me?");

  private FleetMain() {}

  /**
   * Runs a fleet.
   *
   * @param arguments a file for the answers, the number of agents and that of modules
   */
  public static void main(String[] arguments) throws Exception {
    List<Agent> fleet =
        FleetGenerator.fleet(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), false)) {
      ask(fleet, out);
    }
    // Clients keep threads that would keep the JVM.
    System.exit(0);
  }

  private static void ask(List<Agent> fleet, PrintWriter out) throws Exception {
    String module = "";
    Map<String, UnaryOperator<String>> agents = Map.of();
    for (Agent agent : fleet) {
      if (!agent.module().equals(module)) {
        module = agent.module();
        agents = agents(module);
      }
      UnaryOperator<String> method = agents.get(agent.name());
      if (method == null) {
        throw new IOException("The module has no agent " + agent.name() + ".");
      }
      for (String question : QUESTIONS) {
        out.println(agent.name() + "\t" + answer(method, question));
      }
      // The first question once more, which a cache may answer, or a request that fails once.
      String last = agent.shape().outlastsFailures() ? BUSY : QUESTIONS.get(0);
      out.println(agent.name() + "\t" + answer(method, last));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, UnaryOperator<String>> agents(String module) throws Exception {
    return (Map<String, UnaryOperator<String>>)
        Class.forName("com.acme." + module + ".Fleet").getMethod("agents").invoke(null);
  }

  private static String answer(UnaryOperator<String> agent, String question) {
    try {
      return agent.apply(question).replace("\n", "\\n");
    } catch (RuntimeException e) {
      return "threw " + e;
    }
  }
}
