package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.spi.SettingsModule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The page from which the launcher prints help contains the usage of every command. */
class CommandsPageTests {

  private static final Path PAGE = Path.of("../../docs/commands.md");
  private static final List<String> SAMPLES = List.of("demo", "benchmarks");

  @Test
  void showsTheUsageOfEveryCommand() throws IOException {
    String page = Files.readString(PAGE);
    int first = page.indexOf("\n## gild\n");
    StringBuilder whole = new StringBuilder(first < 0 ? page : page.substring(0, first));
    try (URLClassLoader samples = new URLClassLoader(classes(), getClass().getClassLoader())) {
      CommandLine gild = Main.commandLine(commands(samples));
      whole.append(section("gild", gild));
      gild.getSubcommands()
          .forEach(
              (name, command) -> whole.append(name.equals("help") ? "" : section(name, command)));
    }
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, whole);
    }
    assertThat(page).isEqualTo(whole.toString());
  }

  @Test
  void publishedCommandLineHasNoCommandOfASample() {
    assertThat(Main.commandLine().getSubcommands())
        .hasSizeGreaterThan(8)
        .doesNotContainKeys("demo", "bench");
  }

  private static URL[] classes() throws IOException {
    List<URL> classes = new ArrayList<>();
    for (String sample : SAMPLES) {
      classes.add(Path.of("..", sample, "target", "classes").toRealPath().toUri().toURL());
    }
    return classes.toArray(URL[]::new);
  }

  /** Returns the commands of all modules, those of the samples first. */
  private static List<Class<?>> commands(ClassLoader samples) {
    List<Class<?>> ofSamples = new ArrayList<>();
    List<Class<?>> ofProduct = new ArrayList<>();
    for (SettingsModule module : ServiceLoader.load(SettingsModule.class, samples)) {
      boolean sample = module.getClass().getClassLoader() == samples;
      (sample ? ofSamples : ofProduct).addAll(module.commands());
    }
    ofSamples.addAll(ofProduct);
    return ofSamples;
  }

  /** A command with subcommands shows theirs, too. */
  private static String section(String name, CommandLine command) {
    StringBuilder section = new StringBuilder("\n## " + name + "\n" + usage(command));
    if (!name.equals("gild")) {
      command.getSubcommands().values().forEach(each -> section.append(usage(each)));
    }
    return section.toString();
  }

  private static String usage(CommandLine command) {
    return "\n```text\n%s\n```\n".formatted(command.getUsageMessage(Ansi.OFF).stripTrailing());
  }
}
