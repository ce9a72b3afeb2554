package com.acme.fleet;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a fleet: a Maven project with several modules of agents. The same numbers give the same
 * files.
 */
public final class FleetGenerator {

  private static final List<String> MODULES =
      List.of(
          ("billing claims returns shipping people travel legal fraud"
                  + " search pricing catalog stock onboarding renewals complaints loyalty")
              .split(" "));

  private static final List<String> TOPICS =
      List.of(
          ("Refund Invoice Order Parcel Contract Policy Warranty Address Payment Coupon Account"
                  + " Password Newsletter Review Repair Pickup Customs Tariff Exchange Deposit"
                  + " Reminder Complaint Quote Booking Schedule Holiday Expense Training Audit Risk"
                  + " Report Survey")
              .split(" "));

  private static final List<String> ROLES =
      List.of("Desk", "Agent", "Bot", "Advisor", "Helper", "Service", "Clerk");

  private final Path folder;

  private FleetGenerator(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns a fleet, module by module. All modules but the last have the same number of agents.
   *
   * @param agents at least 1
   * @param modules 1 to 16
   */
  public static List<Agent> fleet(int agents, int modules) {
    if (agents < 1 || modules < 1 || modules > MODULES.size()) {
      throw new IllegalArgumentException(
          "A fleet must have at least 1 agent and 1 to %d modules, but %d and %d were asked for."
              .formatted(MODULES.size(), agents, modules));
    }
    int share = (agents + modules - 1) / modules;
    List<Agent> fleet = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      fleet.add(agent(i, i / share, i % share));
    }
    return fleet;
  }

  /** Returns an agent whose shape and style follow from its number. */
  private static Agent agent(int number, int module, int place) {
    int shapes = Shape.values().length;
    int round = number / shapes;
    int style = (round + number % shapes) % Style.values().length;
    String suffix = place < TOPICS.size() ? "" : String.valueOf(place / TOPICS.size());
    return new Agent(
        MODULES.get(module),
        TOPICS.get(place % TOPICS.size()) + ROLES.get(place % ROLES.size()) + suffix,
        Shape.values()[number % shapes],
        Style.values()[style],
        round,
        module % 4 == 2);
  }

  /** Writes a fleet into a folder. */
  public static void write(List<Agent> fleet, Path folder) throws IOException {
    Map<String, List<Agent>> modules =
        fleet.stream()
            .collect(Collectors.groupingBy(Agent::module, LinkedHashMap::new, Collectors.toList()));
    FleetGenerator generator = new FleetGenerator(folder);
    generator.write("pom.xml", Poms.parent(modules.keySet()), StandardCharsets.UTF_8);
    for (Map.Entry<String, List<Agent>> module : modules.entrySet()) {
      generator.writeModule(module.getKey(), module.getValue());
    }
  }

  private void writeModule(String module, List<Agent> agents) throws IOException {
    Charset charset = agents.get(0).latin1() ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    String packageName = agents.get(0).packageName();
    String sources = module + "/src/main/java/com/acme/" + module + "/";
    write(module + "/pom.xml", Poms.module(module, charset), StandardCharsets.UTF_8);
    write(sources + "Models.java", ModuleWriter.models(packageName), charset);
    write(sources + "Texts.java", ModuleWriter.texts(packageName), charset);
    write(sources + "Fleet.java", ModuleWriter.fleet(packageName, agents), charset);
    for (Agent agent : agents) {
      AgentWriter writer = new AgentWriter(agent);
      write(sources + agent.type() + ".java", writer.write(), charset);
      if (agent.style() == Style.INTERFACE) {
        write(sources + writer.api() + ".java", writer.writeInterface(), charset);
      }
    }
  }

  private void write(String path, String text, Charset charset) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(charset));
  }

  /**
   * Writes a fleet from the command line.
   *
   * @param arguments a folder, and the numbers of agents (511) and modules (16)
   */
  public static void main(String[] arguments) throws IOException {
    int agents = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 511;
    int modules = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
    write(fleet(agents, modules), Path.of(arguments[0]));
  }
}
