package com.acme.fleet;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the source of one agent. */
final class AgentWriter {

  private final Agent agent;
  private final Source source;

  AgentWriter(Agent agent) {
    this.agent = agent;
    this.source = agent.shape().source(agent.round());
  }

  /** Returns the whole file. */
  String write() {
    String text =
        """
        package PACKAGE;

        IMPORTS

        DOCUMENTATIONANNOTATIONMODIFIERSclass TYPEIMPLEMENTS {

        MEMBERS}
        """
            .replace("PACKAGE", agent.packageName())
            .replace("IMPORTS", imports())
            .replace("DOCUMENTATION", documentation())
            .replace("ANNOTATION", agent.shape() == Shape.SPRING_CHAT_MODEL ? "@Service\n" : "")
            .replace("MODIFIERS", agent.style().modifiers())
            .replace("TYPE", agent.type())
            .replace("IMPLEMENTS", agent.style() == Style.INTERFACE ? " implements " + api() : "")
            .replace("MEMBERS", members())
            .replace("STATIC", agent.style().staticModifier())
            .replace("MODEL", literal(model()))
            .replace("PROMPT", literal(prompt()));
    return agent.style().format(text);
  }

  /** Returns the interface of an agent that has one. */
  String writeInterface() {
    return "package %s;\n\n/** Answers questions. */\npublic interface %s {\n\n  String answer(String question);\n}\n"
        .formatted(agent.packageName(), api());
  }

  String api() {
    return agent.type() + "Api";
  }

  private String imports() {
    Set<String> sorted = new TreeSet<>(source.imports());
    if (agent.style() == Style.LAMBDA_FIELD) {
      sorted.add("java.util.function.Function");
    }
    return sorted.stream().map(each -> "import " + each + ";").collect(Collectors.joining("\n"));
  }

  private String documentation() {
    return agent.style() == Style.JAVADOC
        ? "/**\n * Answers customers; {@code model.chat(null)} fails.\n *\n * @since 2.3\n */\n"
        : "";
  }

  private String members() {
    String fields = source.fields().isEmpty() ? "" : source.fields() + "\n";
    String entry = fields + method("public STATICString answer(String question)", source.body());
    return switch (agent.style()) {
      case PRIVATE_HELPER ->
          fields
              + method(
                  "public String answer(String question)", "    return reply(question.trim());\n")
              + "\n"
              + method("private String reply(String question)", source.body())
              + source.members();
      case GENERIC_METHOD ->
          fields
              + method(
                  "public <T extends CharSequence> String answer(T asked)",
                  "    String question = asked.toString();\n" + source.body())
              + source.members();
      case NESTED_CLASS ->
          "  private final Worker worker = new Worker();\n\n"
              + method(
                  "public String answer(String question)", "    return worker.reply(question);\n")
              + "\n  /** Does the work. */\n  static class Worker {\n\n"
              + (fields + method("String reply(String question)", source.body()) + source.members())
                  .indent(2)
              + "  }\n";
      case LAMBDA_FIELD ->
          fields
              + "  private final Function<String, String> function =\n"
              + "      question -> {\n"
              + source.body().indent(4)
              + "      };\n\n"
              + method(
                  "public String answer(String question)", "    return function.apply(question);\n")
              + source.members();
      case INTERFACE ->
          fields + "  @Override\n" + entry.substring(fields.length()) + source.members();
      default -> entry + source.members();
    };
  }

  private static String method(String head, String body) {
    return "  " + head + " {\n" + body + "  }\n";
  }

  private String model() {
    return agent.round() % 2 == 0 ? "gpt-4o" : "gpt-4o-mini";
  }

  private String prompt() {
    String place = agent.latin1() ? "Z\u00fcrich" : "Berlin";
    return "You are " + agent.type() + " of " + agent.module() + " in " + place + ". ";
  }

  private static String literal(String text) {
    return '"' + text + '"';
  }
}
