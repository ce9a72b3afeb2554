package io.gild.benchmarks;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Realistic agents, 85 to 150 lines each: a client, a constructor, one or two governed methods and
 * the ordinary code around them. The same seed writes the same agents.
 */
final class AgentSources {

  private static final long SEED = 511;
  private static final int AGENTS_PER_PACKAGE = 24;

  private static final List<String> TOPICS =
      List.of(
          "Refund",
          "Invoice",
          "Shipping",
          "Warranty",
          "Travel",
          "Claim",
          "Contract",
          "Ticket",
          "Catalog",
          "Payroll",
          "Risk",
          "Booking");
  private static final List<String> TASKS =
      List.of("Support", "Triage", "Summary", "Search", "Review", "Report", "Intake", "Planner");
  private static final List<String> NOUNS =
      List.of("order", "customer", "document", "account", "message", "policy", "case", "product");

  private final Random random = new Random(SEED);
  private final List<Path> files = new ArrayList<>();
  private int lines;

  private AgentSources() {}

  /** Writes agents below a folder that exists. */
  static AgentSources write(int agents, Path folder) throws IOException {
    AgentSources sources = new AgentSources();
    sources.add(folder, "com.acme", "ChatClient", AgentTemplates.CLIENT);
    for (int i = 0; i < agents; i++) {
      sources.addAgent(folder, i);
    }
    return sources;
  }

  /** Returns all files, the agents' and the one they share. */
  List<Path> files() {
    return Collections.unmodifiableList(files);
  }

  int lines() {
    return lines;
  }

  private void addAgent(Path folder, int index) throws IOException {
    String topic = TOPICS.get(index % TOPICS.size());
    String name = topic + TASKS.get(index / TOPICS.size() % TASKS.size()) + "Agent" + index;
    String packageName = "com.acme.team" + index / AGENTS_PER_PACKAGE;
    StringBuilder body = new StringBuilder();
    governed().forEach(body::append);
    ordinary().forEach(body::append);
    String agent = AgentTemplates.AGENT.replace("$body", body);
    String source =
        agent
            .replace("$imports", imports(agent))
            .replace("$package", packageName)
            .replace("$name", name)
            .replace("$topic", topic.toLowerCase(Locale.ROOT))
            .replace("$noun", NOUNS.get(random.nextInt(NOUNS.size())))
            .replace("$index", String.valueOf(index))
            .replace("$limit", String.valueOf(2 + random.nextInt(40)));
    add(folder, packageName, name, source);
  }

  private static String imports(String agent) {
    return AgentTemplates.IMPORTS.stream()
        .filter(each -> agent.contains(each.substring(each.lastIndexOf('.') + 1)))
        .map(each -> "import " + each + ";")
        .collect(joining("\n"));
  }

  /** One or two methods; the first one has the golden tasks. */
  private List<String> governed() {
    List<String> second = new ArrayList<>(AgentTemplates.GOVERNED);
    Collections.shuffle(second, random);
    List<String> methods = new ArrayList<>(List.of(AgentTemplates.ANSWER));
    methods.addAll(second.subList(0, random.nextInt(2)));
    return methods;
  }

  private List<String> ordinary() {
    List<String> methods = new ArrayList<>(AgentTemplates.ORDINARY);
    Collections.shuffle(methods, random);
    return methods.subList(0, 2 + random.nextInt(3));
  }

  private void add(Path folder, String packageName, String name, String source) throws IOException {
    Path file = folder.resolve(packageName.replace('.', '/')).resolve(name + ".java");
    Files.createDirectories(file.getParent());
    files.add(Files.writeString(file, source));
    lines += (int) source.lines().count();
  }
}
