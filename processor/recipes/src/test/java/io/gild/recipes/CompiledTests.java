package io.gild.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gild's compiler accepts what a migration wrote. */
class CompiledTests {

  @TempDir private Path root;

  @Test
  void compilesFinalClassesStaticMethodsAndRecords() throws Exception {
    Path sources = root.resolve("src/main/java/com/acme");
    Files.createDirectories(sources);
    Path file =
        Files.writeString(
            sources.resolve("Desk.java"),
            """
            package com.acme;

            import java.net.URI;
            import java.net.http.HttpClient;
            import java.net.http.HttpRequest;
            import java.net.http.HttpResponse;

            public final class Desk {
              private static final URI MODEL = URI.create("http://localhost/v1/chat/completions");
              private static final HttpClient CLIENT = HttpClient.newHttpClient();

              public static String ask(String question) throws Exception {
                HttpRequest request =
                    HttpRequest.newBuilder(MODEL)
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build();
                return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
              }

              record Clerk(String name) {
                final String answer(String question) throws Exception {
                  return Desk.CLIENT.send(null, HttpResponse.BodyHandlers.ofString()).body() + MODEL.resolve("/v1/chat/completions");
                }
              }
            }
            """);
    ModuleChange change = new Migration(root, false, "1.0").change(".");
    change.write();
    assertThat(change.report().agents()).hasSize(2);
    StringWriter messages = new StringWriter();

    assertThat(compile(file, messages)).as(messages.toString()).isTrue();

    assertThat(root.resolve("META-INF/gild/agents")).isDirectoryContaining("glob:**.json");
  }

  private boolean compile(Path file, StringWriter messages) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      return compiler
          .getTask(
              messages,
              files,
              null,
              List.of(
                  "-d",
                  root.toString(),
                  "-Agild.weaving=only",
                  "-processor",
                  "io.gild.compiler.GildProcessor"),
              null,
              files.getJavaFileObjects(file))
          .call();
    }
  }
}
