package io.gild.recipes;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.Parser;
import org.openrewrite.SourceFile;
import org.openrewrite.java.JavaParser;

/** Parses Java sources, some at a time. */
final class JavaSources {

  private final JavaParser parser =
      JavaParser.fromJavaVersion().logCompilationWarningsAndErrors(false).build();
  private final @Nullable JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

  /** Returns why javac does not accept a source's syntax, or {@code null} if it does. */
  @Nullable String mistake(String text) {
    if (compiler == null) {
      return null;
    }
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                new StringWriter(), null, found, List.of("-proc:none"), null, List.of(file(text)));
    try {
      task.parse();
    } catch (IOException | RuntimeException broken) {
      return String.valueOf(broken.getMessage());
    }
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == javax.tools.Diagnostic.Kind.ERROR)
        .findFirst()
        .map(each -> "line " + each.getLineNumber() + ": " + each.getMessage(Locale.ENGLISH))
        .orElse(null);
  }

  private static JavaFileObject file(String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignore) {
        return text;
      }
    };
  }

  /** Parses sources, each by its path below the root. */
  List<SourceFile> parse(Map<Path, String> texts) {
    List<Parser.Input> inputs = new ArrayList<>();
    texts.forEach(
        (path, text) -> inputs.add(Parser.Input.fromString(path, text, StandardCharsets.UTF_8)));
    InMemoryExecutionContext context = new InMemoryExecutionContext(failure -> {});
    try (Stream<SourceFile> sources = parser.parseInputs(inputs, null, context)) {
      return sources.toList();
    } finally {
      parser.reset();
    }
  }
}
