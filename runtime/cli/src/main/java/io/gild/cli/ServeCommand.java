package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.Suggestions;
import io.gild.golden.DeclaredAgent;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves the agents of a class path to other agents. */
@Command(
    name = "serve",
    description = {
      "Serves agents over the Agent2Agent protocol (A2A), in a separate JVM, until Ctrl-C.",
      "The agents are those that Gild's processor registered in the class path, or the methods that"
          + " --agent names. The section a2a of gild.yaml says how they are served."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {

  private static final int MOST_PORT = 65_535;

  @Spec private CommandSpec spec;
  @Mixin private AgentJvm jvm;

  @Parameters(
      paramLabel = "AGENT",
      arity = "0..*",
      description = "names of registered agents (default: all, or none if there is --agent)")
  private List<String> names = List.of();

  @Option(
      names = "--agent",
      paramLabel = "CLASS#METHOD",
      description =
          "an agent that Gild's processor has not seen, such as com.acme.Desk#answer; may be"
              + " repeated")
  private List<String> methods = List.of();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the port, or 0 for a free one (default: a2a.port)")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "the address to listen on (default: a2a.host)")
  private @Nullable String host;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<DeclaredAgent> undeclared = undeclared();
    List<DeclaredAgent> declared = names.isEmpty() && !methods.isEmpty() ? List.of() : declared();
    if (declared.isEmpty() && undeclared.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "gild: no agent is registered in the class path, so there is nothing to serve."
                  + " Compile the agents with Gild's processor, or name one with --agent"
                  + " CLASS#METHOD");
      return 1;
    }
    List<String> command = new ArrayList<>(List.of(AgentJvm.java().toString()));
    command.addAll(jvm.options(methods));
    command.addAll(overrides());
    String own = System.getProperty("java.class.path");
    command.addAll(
        List.of("-cp", jvm.wholePath() + File.pathSeparator + own, ServingJvm.class.getName()));
    return new ServingProcess(command, jvm.folder()).run(order(declared, undeclared));
  }

  private List<DeclaredAgent> declared() throws IOException {
    List<DeclaredAgent> all = ClassPathAgents.declared(jvm.entries());
    if (names.isEmpty()) {
      return all;
    }
    List<String> known = all.stream().map(DeclaredAgent::name).sorted().toList();
    for (String name : names) {
      if (!known.contains(name)) {
        String hint = Suggestions.didYouMean(name, known);
        throw new ParameterException(
            spec.commandLine(),
            "no agent \"%s\" is registered in the class path.%s"
                .formatted(name, hint.isEmpty() ? " There are " + known + "." : hint));
      }
    }
    return all.stream().filter(agent -> names.contains(agent.name())).toList();
  }

  private List<DeclaredAgent> undeclared() throws IOException {
    List<DeclaredAgent> agents = new ArrayList<>();
    for (String method : methods) {
      try {
        agents.add(ClassPathAgents.undeclared(jvm.entries(), method, null, ""));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
      }
    }
    return agents;
  }

  private List<String> overrides() {
    List<String> overrides = new ArrayList<>(List.of("-D" + ServingJvm.MARK + "=true"));
    Integer chosen = port;
    if (chosen != null) {
      if (chosen < 0 || chosen > MOST_PORT) {
        throw new ParameterException(
            spec.commandLine(), "--port must be from 0 to 65535, but is " + chosen);
      }
      overrides.add("-Dgild.a2a.port=" + chosen);
    }
    if (host != null) {
      overrides.add("-Dgild.a2a.host=" + host);
    }
    return overrides;
  }

  private static String order(List<DeclaredAgent> declared, List<DeclaredAgent> undeclared) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put(ServingJvm.DECLARED, declared.stream().map(DeclaredAgent::toJson).toList());
    order.put(ServingJvm.UNDECLARED, undeclared.stream().map(DeclaredAgent::toJson).toList());
    return Json.write(order);
  }
}
