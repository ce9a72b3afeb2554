package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The page that the launcher prints help from holds the usage of every command as it is. */
class CommandsPageTests {

  private static final Path PAGE = Path.of("../../docs/commands.md");

  @Test
  void showsTheUsageOfEveryCommand() throws IOException {
    String page = Files.readString(PAGE);
    StringBuilder commands = new StringBuilder();
    for (Map.Entry<String, CommandLine> entry : Main.commandLine().getSubcommands().entrySet()) {
      if (!entry.getKey().equals("help")) {
        String usage = entry.getValue().getUsageMessage(Ansi.OFF).stripTrailing();
        commands.append("\n## %s\n\n```text\n%s\n```\n".formatted(entry.getKey(), usage));
      }
    }
    int first = page.indexOf("\n## config\n");
    String whole = (first < 0 ? page : page.substring(0, first)) + commands;
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, whole);
    }
    assertThat(page).isEqualTo(whole);
  }
}
