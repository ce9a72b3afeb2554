package io.gild.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.compiler.GildProcessor;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents are compiled, woven in place, and run in a separate loader with the real runtime. */
class WeaveMojoTests {

  private static final String DESK =
      """
      package com.acme;

      import io.gild.annotations.*;
      import java.io.IOException;
      import java.util.*;
      import java.util.concurrent.*;

      public final class Desk {
        private final Set<String> seen = new HashSet<>();
        static int statics;

        private <T> T flaky(String name, T value) {
          if (seen.add(name)) throw new IllegalStateException("first " + name);
          return value;
        }

        @Retry(waitDuration = "0s")
        public String answer(@Prompt String question, int effort, double weight, long size, char c) {
          question = question + effort + weight + size + c;
          return flaky("answer", question);
        }

        public String asks(String question) { return inside(question); }

        @Retry(waitDuration = "0s")
        private String inside(String question) { return flaky("inside", question); }

        @Retry(waitDuration = "0s")
        static int ofClass(int a, long b) {
          if (statics++ == 0) throw new IllegalStateException("first");
          return (int) (a + b);
        }

        @Retry(waitDuration = "0s")
        String knows(@Prompt String question, @Recall List<String> known, @Experience String done) {
          return flaky("knows", question + known + done.length());
        }

        @Retry(waitDuration = "0s")
        void nothing() { flaky("nothing", null); }

        @Retry(waitDuration = "0s") @TimeLimit(timeoutDuration = "30s")
        synchronized long slow(long value, String... rest) {
          return flaky("slow", value) + rest.length;
        }

        @Retry(waitDuration = "0s")
        <K extends Comparable<K>> K pick(List<? extends K> choices, K[] more) {
          K best = more[0];
          for (K each : choices) if (each.compareTo(best) > 0) best = each;
          return flaky("pick", best);
        }

        @Retry(waitDuration = "0s", ignoreExceptions = IOException.class)
        String checked(String text) throws IOException { throw new IOException(text); }

        @Retry(waitDuration = "0s")
        CompletableFuture<String> later(String text) {
          return seen.add("later")
              ? CompletableFuture.failedFuture(new IllegalStateException())
              : CompletableFuture.completedFuture(text);
        }

        @Retry(waitDuration = "0s")
        boolean overloaded(boolean yes) { return flaky("overloaded boolean", yes); }

        @Retry(waitDuration = "0s")
        float overloaded(float number) { return flaky("overloaded float", number); }
      }
      """;

  private static final String POINT =
      """
      package com.acme;

      import io.gild.annotations.*;

      @Agent(name = "point")
      public record Point(int x) {
        static int calls;

        @Retry(waitDuration = "0s")
        public int shifted(int by) {
          if (calls++ == 0) throw new IllegalStateException("first");
          return x + by;
        }
      }
      """;

  /** Has a wrapper, too; three runs of its body are one governed call, nine would be two. */
  private static final String OPEN =
      """
      package com.acme;

      import io.gild.annotations.*;

      public class Open {
        public int runs;

        @Retry(maxAttempts = 3, waitDuration = "0s")
        public String answer(String question) { runs++; throw new IllegalStateException(question); }

        public boolean isGovernedOnce() {
          return io.gild.core.AgentCall.current() != null
              && io.gild.core.AgentCall.current().parent() == null;
        }

        @Retry
        public boolean once() { return isGovernedOnce(); }
      }
      """;

  @TempDir private Path folder;

  private TestProject project;

  @BeforeEach
  void compileAgents() throws IOException {
    project = new TestProject(folder);
    compile("Desk", DESK);
    compile("Point", POINT);
    compile("Open", OPEN);
  }

  @Test
  void governsFinalPrivateAndStaticMethodsInPlace() throws Exception {
    project.weave().execute();

    try (URLClassLoader loader = loader()) {
      Object desk = make(loader, "com.acme.Desk");
      assertThat(call(desk, "answer", "q", 1, 2.5, 3L, 'c')).isEqualTo("q12.53c");
      assertThat(call(desk, "asks", "private")).isEqualTo("private");
      assertThat(call(desk, "ofClass", 2, 3L)).isEqualTo(5);
      assertThat(call(desk, "nothing")).isNull();
      assertThat(call(desk, "slow", 4L, new String[] {"a", "b"})).isEqualTo(6L);
      assertThat(call(desk, "pick", List.of("b", "c"), new String[] {"a"})).isEqualTo("c");
      assertThat(call(desk, "later", "done")).hasFieldOrPropertyWithValue("done", true);
      assertThat(call(desk, "overloaded", true)).isEqualTo(true);
      assertThat(call(desk, "overloaded", 1.5f)).isEqualTo(1.5f);
      assertThatThrownBy(() -> call(desk, "checked", "no"))
          .isInstanceOf(IOException.class)
          .hasMessage("no");
    }
  }

  @Test
  void fillsParametersThatReceiveMemories() throws Exception {
    project.weave().execute();
    System.setProperty("gild.memory.long-term.store", "in-process");
    try (URLClassLoader loader = loader()) {
      Object desk = make(loader, "com.acme.Desk");
      assertThat(call(desk, "knows", "q", null, null)).isEqualTo("q[]0");
      assertThat((String) call(desk, "knows", "q", null, null))
          .startsWith("q[]")
          .isNotEqualTo("q[]0");
    } finally {
      System.clearProperty("gild.memory.long-term.store");
    }
    System.setProperty("gild.enabled", "false");
    try (URLClassLoader loader = loader()) {
      Object desk = make(loader, "com.acme.Desk");
      assertThatThrownBy(() -> call(desk, "knows", "q", null, null)).hasMessage("first knows");
      assertThat(call(desk, "knows", "q", null, null)).isEqualTo("q[]0");
    } finally {
      System.clearProperty("gild.enabled");
    }
  }

  @Test
  void doesNotGovernMethodsThatAreNotWoven() throws Exception {
    try (URLClassLoader loader = loader()) {
      Object desk = make(loader, "com.acme.Desk");

      assertThatThrownBy(() -> call(desk, "answer", "q", 1, 2.5, 3L, 'c'))
          .hasMessage("first answer");
    }
  }

  @Test
  void governsARecordInPlace() throws Exception {
    project.weave().execute();

    try (URLClassLoader loader = loader()) {
      Object point =
          loader.loadClass("com.acme.Point").getDeclaredConstructor(int.class).newInstance(4);
      assertThat(call(point, "shifted", 3)).isEqualTo(7);
    }
  }

  @Test
  void governsAnAgentAndItsWrapperOnce() throws Exception {
    project.weave().execute();

    try (URLClassLoader loader = loader()) {
      for (String name : List.of("com.acme.Open", "com.acme.Open_Gild")) {
        Object open = make(loader, name);
        assertThat(call(open, "once")).isEqualTo(true);
        assertThatThrownBy(() -> call(open, "answer", "q")).hasMessage("q");
        assertThat(open.getClass().getField("runs").get(open)).isEqualTo(3);
      }
    }
  }

  @Test
  void keepsAnnotationsAndModifiers() throws Exception {
    project.weave().execute();

    try (URLClassLoader loader = loader()) {
      var method =
          Arrays.stream(loader.loadClass("com.acme.Desk").getDeclaredMethods())
              .filter(each -> each.getName().equals("answer"))
              .findFirst()
              .orElseThrow();
      assertThat(method.getAnnotations())
          .extracting(each -> each.annotationType().getSimpleName())
          .containsExactly("Retry", "Woven");
      assertThat(method.getParameters()[0].getName()).isEqualTo("question");
      assertThat(method.getParameterAnnotations()[0]).hasSize(1);
      assertThat(loader.loadClass("com.acme.Desk").getDeclaredMethods())
          .filteredOn(each -> each.getName().contains("$gild"))
          .isNotEmpty()
          .allMatch(each -> each.isSynthetic() && each.getAnnotations().length == 0);
    }
  }

  @Test
  void reportsThatASecondRunChangesNothing() throws Exception {
    project.weave().execute();
    assertThat(project.log)
        .contains("Wove com.acme.Point#shifted.", "Wove 14 methods of 3 agents.");
    Path file = folder.resolve("target/classes/com/acme/Desk.class");
    byte[] woven = Files.readAllBytes(file);

    project.log.clear();
    project.weave().execute();

    assertThat(project.log).containsExactly("Wove 0 methods of 3 agents.");
    assertThat(file).hasBinaryContent(woven);
  }

  @Test
  void weavesOnlyRecompiledClassesAgain() throws Exception {
    project.weave().execute();
    compile("Point", POINT.replace("calls++ == 0", "calls++ < 2"));

    project.log.clear();
    project.weave().execute();

    assertThat(project.log)
        .containsExactly("Wove com.acme.Point#shifted.", "Wove 1 methods of 3 agents.");
  }

  @Test
  void skipsWeavingOnRequest() throws Exception {
    WeaveMojo mojo = project.weave();
    mojo.skipWeave = true;

    mojo.execute();

    assertThat(project.log)
        .singleElement()
        .asString()
        .startsWith("Weaving is skipped: ")
        .contains("methods are not governed in this build", "com.acme.Point#shifted");
  }

  @Test
  void skippingGoldenTestsAndGatesDoesNotSkipWeaving() throws Exception {
    WeaveMojo mojo = project.weave();
    mojo.skip = true;

    mojo.execute();

    assertThat(project.log).contains("Wove com.acme.Point#shifted.");
  }

  @Test
  void otherGoalsNameMethodsThatAreNotWoven() throws Exception {
    project.generateTests().execute();
    assertThat(project.log)
        .anySatisfy(line ->
            assertThat(line)
                .contains("com.acme.Point#shifted", "Add the goal weave to the executions"));

    project.weave().execute();
    project.log.clear();
    project.generateTests().execute();
    assertThat(project.log).noneMatch(line -> line.contains("Add the goal weave"));
  }

  @Test
  void namesAClassFileThatIsTooOld() throws Exception {
    compile(
        "Old",
        "package com.acme; public final class Old {\n"
            + "  @io.gild.annotations.Retry public String answer(String q) { return q; }\n}\n",
        "--release",
        "8");

    assertThatThrownBy(() -> project.weave().execute())
        .isInstanceOf(MojoExecutionException.class)
        .hasMessage(
            "Cannot weave: com.acme.Old is compiled for Java 8. Set maven.compiler.release to 11 or"
                + " later, or attach the javaagent.");
  }

  @Test
  void namesARegistryFileWithoutItsClass() throws Exception {
    Files.delete(folder.resolve("target/classes/com/acme/Point.class"));

    assertThatThrownBy(() -> project.weave().execute())
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("com.acme.Point is in the registry, but")
        .hasMessageEndingWith("does not exist. Run mvn clean.");
  }

  private void compile(String name, String source, String... more) throws IOException {
    Path file = project.write("src/main/java/com/acme/" + name + ".java", source);
    Path output = Files.createDirectories(folder.resolve("target/classes"));
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Agild.weaving=true",
                "-parameters",
                "-nowarn",
                "-d",
                output.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    options.addAll(List.of(more));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(null, files, null, options, null, files.getJavaFileObjects(file));
      task.setProcessors(List.of(new GildProcessor()));
      assertThat(task.call()).isTrue();
    }
  }

  /** Returns a loader that shares nothing with the test, so that the runtime in it is fresh. */
  private URLClassLoader loader() throws IOException {
    List<URL> path = new ArrayList<>();
    path.add(folder.resolve("target/classes").toUri().toURL());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static Object make(ClassLoader loader, String type) throws Exception {
    return loader.loadClass(type).getDeclaredConstructor().newInstance();
  }

  private static @Nullable Object call(Object target, String name, Object... arguments)
      throws Exception {
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      for (var method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && fits(method.getParameterTypes(), arguments)) {
          method.setAccessible(true);
          try {
            return method.invoke(target, arguments);
          } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
          }
        }
      }
    }
    throw new AssertionError(name);
  }

  private static boolean fits(Class<?>[] parameters, Object[] arguments) {
    if (parameters.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] == float.class && !(arguments[i] instanceof Float)
          || parameters[i] == boolean.class && !(arguments[i] instanceof Boolean)) {
        return false;
      }
    }
    return true;
  }
}
