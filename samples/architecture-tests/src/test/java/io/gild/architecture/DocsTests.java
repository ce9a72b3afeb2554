package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.compiler.GildProcessor;
import io.gild.config.Settings;
import io.gild.config.SettingsSchema;
import io.gild.golden.CheckKind;
import io.gild.golden.GoldenFile;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** The documentation is correct: snippets compile, settings bind, links have targets. */
class DocsTests {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)\\)");
  private static final String IMPORTS =
      """
      import dev.langchain4j.memory.chat.*;
      import dev.langchain4j.store.memory.chat.ChatMemoryStore;
      import dev.langchain4j.model.chat.ChatModel;
      import dev.langchain4j.model.openai.OpenAiChatModel;
      import io.gild.annotations.*;
      import io.gild.gates.GateOverrides;
      import io.gild.gates.Gates.Stage;
      import io.gild.config.Settings;
      import io.gild.config.SettingsSchema;
      import io.gild.gates.*;
      import io.gild.a2a.A2aMessage;
      import io.gild.coordination.*;
      import io.gild.core.CallLabels;
      import io.gild.core.CostDimension;
      import io.gild.core.GildRuntime;
      import io.gild.core.GovernedFunction;
      import io.gild.core.spi.Clock;
      import io.gild.core.spi.Embedder;
      import io.gild.judging.*;
      import io.gild.memory.*;
      import io.gild.memory.langchain4j.*;
      import io.gild.memory.spi.MemoryStore;
      import io.gild.memory.postgres.*;
      import io.gild.memory.redis.*;
      import io.gild.memory.springai.*;
      import io.gild.postgres.*;
      import io.gild.synchronizers.*;
      import io.gild.testkit.*;
      import io.gild.vectors.*;
      import io.gild.versions.*;
      import io.gild.vectors.lucene.LuceneVectorIndex;
      import io.gild.vectors.spi.VectorIndex;
      import java.nio.file.Path;
      import java.time.*;
      import java.util.List;
      import java.util.Map;
      import java.util.Optional;
      import java.util.function.UnaryOperator;
      """;

  /** One fenced block of one page. */
  record Snippet(Path page, int line, String language, String text) {

    @Override
    public String toString() {
      return ROOT.relativize(page) + ":" + line;
    }
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> pages =
          new ArrayList<>(docs.filter(page -> page.toString().endsWith(".md")).sorted().toList());
      pages.add(ROOT.resolve("README.md"));
      return pages;
    }
  }

  static List<Snippet> java() throws IOException {
    return snippets("java").stream().filter(snippet -> !isWholeFile(snippet)).toList();
  }

  /** Whole files belong to projects, which {@code SetupPagesTests} builds and runs. */
  private static boolean isWholeFile(Snippet snippet) {
    return snippet.text().startsWith("package ") || snippet.text().startsWith("module ");
  }

  static List<Snippet> yaml() throws IOException {
    return snippets("yaml").stream().filter(snippet -> !isTasks(snippet)).toList();
  }

  static List<Snippet> tasks() throws IOException {
    return snippets("yaml").stream().filter(DocsTests::isTasks).toList();
  }

  private static boolean isTasks(Snippet snippet) {
    return snippet.text().lines().anyMatch(line -> line.equals("tasks:"));
  }

  static List<Snippet> xml() throws IOException {
    return snippets("xml");
  }

  @Test
  void findsThePagesAndTheirSnippets() throws IOException {
    assertThat(pages()).hasSizeGreaterThan(10);
    assertThat(java()).hasSizeGreaterThan(3);
    assertThat(yaml()).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("java")
  void javaCompilesWithTheProcessor(Snippet snippet, @TempDir Path folder) throws IOException {
    Path golden = folder.resolve("resources/golden/support.yaml");
    Files.createDirectories(golden.getParent());
    Files.writeString(golden, "tasks:\n  - id: from-file\n    input: hello\n    expected: hello\n");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, null)) {
      files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(folder.toFile()));
      List<String> options =
          List.of(
              "-parameters",
              "-Agild.resources=" + folder.resolve("resources"),
              "-Agild.config=" + settingsOf(snippet.page(), folder));
      JavaCompiler.CompilationTask task =
          compiler.getTask(null, files, found, options, null, List.of(source(snippet)));
      task.setProcessors(List.of(new GildProcessor()));
      boolean compiled = task.call();

      assertThat(compiled).as(found.getDiagnostics().toString()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void yamlIsAGildYamlWithoutProblems(Snippet snippet) {
    Settings settings =
        Settings.builder().yaml(snippet.toString(), snippet.text()).buildOrDefaults();

    assertThat(settings.problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void tasksAreGoldenTasksWithoutProblems(Snippet snippet) {
    GoldenFile file = GoldenFile.scan(snippet + ".yaml", snippet.text(), path -> null);

    assertThat(file.problems()).isEmpty();
    assertThat(file.tasks()).isNotEmpty();
  }

  @Test
  void everyCheckHasACorrectExample() throws IOException {
    String table =
        Files.readAllLines(ROOT.resolve("docs/evaluation.md")).stream()
            .dropWhile(line -> !line.equals("## Checks"))
            .filter(line -> line.startsWith("| `"))
            .takeWhile(line -> !line.contains("-D"))
            .collect(Collectors.joining("\n"));
    assertThat(table)
        .contains(Stream.of(CheckKind.values()).map(kind -> "`" + kind.key() + "`").toList());
    for (String row : table.lines().toList()) {
      String example = row.replaceFirst("^.*\\| `(.*)` \\|$", "$1");
      String task = "- id: a\n  input: b\n  checks:\n    - " + example + "\n";
      assertThat(GoldenFile.scan("a.yaml", task, path -> null).problems()).as(row).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("xml")
  void xmlIsWellFormedAndNamesTheVersionThatIsBuilt(Snippet snippet) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(snippet.text())));
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    Matcher version =
        Pattern.compile("<artifactId>gild-parent</artifactId>\\s*<version>([^<]+)").matcher(pom);
    assertThat(version.find()).isTrue();
    if (snippet.text().contains("<groupId>io.gild")) {
      assertThat(snippet.text()).contains(version.group(1));
    }
  }

  /** Each part of a quoted line, between the placeholders, is in a source unchanged. */
  @Test
  void linesOfTroubleshootingAreInTheSources() throws IOException {
    String printed = texts();
    List<String> parts = new ArrayList<>();
    for (String line : linesOfTroubleshooting()) {
      Stream.of(line.split("…", -1))
          .map(part -> part.replaceFirst("^\\[AgentMadeByFramework]", "").strip())
          .filter(part -> part.length() > 3)
          .forEach(parts::add);
    }

    assertThat(parts).hasSizeGreaterThan(50);
    assertThat(parts).filteredOn(part -> !printed.contains(part)).isEmpty();
  }

  private static List<String> linesOfTroubleshooting() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
    List<String> lines = new ArrayList<>();
    Matcher blocks =
        Pattern.compile("^```\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL).matcher(page);
    while (blocks.find()) {
      blocks.group(1).lines().forEach(lines::add);
    }
    for (String row : page.lines().filter(line -> line.startsWith("| ")).toList()) {
      Matcher quote = Pattern.compile("`([^`]+ [^`]+)` \\|").matcher(row);
      if (quote.find()) {
        lines.add(quote.group(1));
      }
    }
    return lines;
  }

  /** Returns all main sources, with concatenated strings joined. */
  private static String texts() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String folder : List.of("annotations", "config", "javaagent", "processor", "runtime")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(DocsTests::isMain).toList()) {
          all.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "")).append('\n');
        }
      }
    }
    return all.toString();
  }

  private static boolean isMain(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java") && path.contains("/src/main/");
  }

  /** The reference of settings has each key of the schema, with its default. */
  @Test
  void everyKeyOfTheSchemaIsListedWithItsDefault() throws IOException {
    List<String> expected =
        SchemaKeys.of(SettingsSchema.json()).stream().map(SchemaKeys.Key::row).toList();

    List<String> listed =
        Files.readAllLines(ROOT.resolve("docs/configuration.md")).stream()
            .dropWhile(line -> !line.startsWith("## All keys"))
            .filter(line -> line.matches("\\| (`|–).*"))
            .map(line -> line.replaceFirst("^(\\|[^|]*\\|[^|]*\\|[^|]*\\|).*$", "$1"))
            .toList();
    assertThat(expected).hasSizeGreaterThan(75);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Maven before 3.9 would use versions that are too old. */
  @ParameterizedTest
  @MethodSource("shownPoms")
  void everyPluginOfAPomHasAVersion(Path page) throws IOException {
    Matcher plugins =
        Pattern.compile("<plugin>(.*?)</plugin>", Pattern.DOTALL).matcher(Files.readString(page));
    while (plugins.find()) {
      assertThat(plugins.group(1)).containsPattern("-plugin</artifactId>\\s*<version>");
    }
  }

  static List<Path> shownPoms() throws IOException {
    List<Path> pages = new ArrayList<>(pages());
    pages.add(ROOT.resolve("samples/quickstart/README.md"));
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksHaveTargets(Path page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      assertThat(page.resolveSibling(links.group(1))).exists();
    }
  }

  @Test
  void indexHasEveryPage() throws IOException {
    List<String> linked =
        LINK.matcher(Files.readString(ROOT.resolve("docs/README.md")))
            .results()
            .map(link -> link.group(1))
            .toList();
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      assertThat(linked)
          .containsAll(
              pages
                  .map(page -> page.getFileName().toString())
                  .filter(page -> page.endsWith(".md") && !page.equals("README.md"))
                  .toList());
    }
  }

  /** Writes the page's own settings, so that its annotations may name what they define. */
  private static Path settingsOf(Path page, Path folder) throws IOException {
    Path file = folder.resolve("gild.yaml");
    String settings =
        yaml().stream()
            .filter(snippet -> snippet.page().equals(page) && snippet.text().contains("budgets:"))
            .map(Snippet::text)
            .findFirst()
            .orElse("mode: enforce\n");
    return Files.writeString(file, settings);
  }

  /** Pages, Javadoc and messages use none of the words of an older style. */
  @Test
  void productIsWrittenInPlainEnglish() throws IOException {
    Pattern banned =
        Pattern.compile(
            "(?i)\\b(tells|told|hears?|heard|nobody|somebody|anybody|whoever|whom|whatever|heeds?"
                + "|nought|strangers?|thereby|lest|merely|besides|in vain|as it stands"
                + "|comes to nothing|what is not|for good)\\b");
    List<String> found = new ArrayList<>();
    List<Path> files = new ArrayList<>(pages());
    for (String folder : List.of("annotations", "config", "processor", "javaagent", "runtime")) {
      try (Stream<Path> sources = Files.walk(ROOT.resolve(folder))) {
        sources
            .filter(file -> file.toString().matches(".*src.main.java.*\\.java"))
            .forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(500);
    for (Path page : files) {
      int number = 0;
      for (String line : Files.readAllLines(page)) {
        number++;
        if (banned.matcher(line).find()) {
          found.add(page + ":" + number + ": " + line.strip());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<Snippet> snippets(String language) throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      Matcher blocks = BLOCK.matcher(text);
      while (blocks.find()) {
        if (blocks.group(1).equals(language)) {
          int line = (int) text.substring(0, blocks.start()).lines().count() + 1;
          snippets.add(new Snippet(page, line, language, blocks.group(2)));
        }
      }
    }
    return snippets;
  }

  /** Creates a whole file from a class, from members, or from statements. */
  private static JavaFileObject source(Snippet snippet) {
    String text = snippet.text();
    String name = "Snippet";
    Matcher type = Pattern.compile("public class (\\w+)").matcher(text);
    String helpers =
        "ChatModel model; io.gild.core.GildRuntime runtime; Synchronizers synchronizers;"
            + " String ask(String question, String model) { return \"\"; }\n";
    String whole;
    if (type.find()) {
      name = type.group(1);
      whole = IMPORTS + text.substring(0, text.lastIndexOf('}')) + helpers + "}";
    } else if (text.startsWith("@") || text.startsWith("public ")) {
      whole = IMPORTS + "public class Snippet {\n" + helpers + text + "}";
    } else {
      whole =
          IMPORTS
              + "public class Snippet {\n"
              + helpers
              + "void run() throws Exception {\n"
              + text
              + "} }";
    }
    String content = whole;
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return content;
      }
    };
  }
}
