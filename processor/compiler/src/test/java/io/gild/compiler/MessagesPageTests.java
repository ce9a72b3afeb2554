package io.gild.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;

class MessagesPageTests {

  private static final Path PAGE = Path.of("../../docs/messages.md");
  private static final Pattern FIRST_SENTENCE = Pattern.compile("(.*?[.:]) (?=[A-Z@%-])(.*)");

  private static final String HEAD =
      """
      # Messages of the compiler

      Every message of the annotation processor and of the plugin of javac: `[Id]` what is wrong, and what to write instead. Each is placed
      at the annotation, the attribute or the element it is about. "…" stands for names and values of your code. Warnings and notes are
      silenced by `@SuppressWarnings("Id")` or `@SuppressWarnings("gild")`.

      | id | kind | what is wrong | what to do |
      |---|---|---|---|
      """;

  /** Rewrite the page with {@code -Dgolden.rewrite=true}. */
  @Test
  void listsEveryMessage() throws IOException {
    String page =
        HEAD
            + Arrays.stream(Message.values())
                .sorted(Comparator.comparing(Message::id))
                .map(MessagesPageTests::row)
                .collect(Collectors.joining());
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String row(Message message) {
    String text = message.text().replaceAll("%[sd]", "…").replace("%%", "%").replace("|", "\\|");
    Matcher sentences = FIRST_SENTENCE.matcher(text);
    boolean two = sentences.matches();
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            message.id(),
            kind(message.severity()),
            two ? sentences.group(1) : text,
            two ? sentences.group(2) : "");
  }

  private static String kind(Diagnostic.Kind severity) {
    return severity == Diagnostic.Kind.MANDATORY_WARNING
        ? "warning"
        : severity.name().toLowerCase(Locale.ROOT);
  }
}
