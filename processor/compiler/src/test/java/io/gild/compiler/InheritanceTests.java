package io.gild.compiler;

import static io.gild.compiler.AgentCompiler.generatedSource;
import static io.gild.compiler.AgentCompiler.load;
import static io.gild.compiler.AgentCompiler.registry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritanceTests {

  private static final String BASE =
      """
      package com.acme;
      import io.gild.annotations.*;
      public abstract class Base<T> implements Greeter {
        @Cached public T answer(T question) { return question; }
        @GoldenTask(id = "hello", input = "x", expected = "x")
        @Retry protected String helped(String q) { return answer((T) q).toString(); }
        @Retry String redefined(String q) { return q; }
        public String asks(String q) { return inside(q); }
        private String inside(String q) { return "" + answer((T) q) + helped(q); }
      }
      interface Greeter {
        @Bulkhead default String greet(String name) { return "hello " + name; }
      }
      """;

  private static final String SUB =
      """
      package com.acme;
      import io.gild.annotations.*;
      @Agent(name = "sub")
      class Sub extends Base<String> {
        @Retry @Override String redefined(String q) { return q + q; }
      }
      """;

  @Test
  @SuppressWarnings("unchecked") // the stub's log
  void governsInheritedMethodsInTheSubclass() throws Exception {
    Compilation compilation = new AgentCompiler().compile(BASE, SUB);
    ClassLoader loader = load(compilation);
    Object agent = make(loader, "com.acme.Sub_Gild");

    assertThat(call(agent, "asks", "q")).isEqualTo("qq");
    assertThat(call(agent, "greet", "you")).isEqualTo("hello you");
    assertThat(call(agent, "redefined", "r")).isEqualTo("rr");

    List<String> log =
        (List<String>) loader.loadClass("io.gild.core.WrappedMethod").getField("LOG").get(null);
    assertThat(log)
        .containsExactly(
            "Sub.answer(Ljava/lang/Object;)Ljava/lang/Object; 1",
            "Sub.helped(Ljava/lang/String;)Ljava/lang/String; 1",
            "Sub.answer(Ljava/lang/Object;)Ljava/lang/Object; 1",
            "Sub.greet(Ljava/lang/String;)Ljava/lang/String; 1",
            "Sub.redefined(Ljava/lang/String;)Ljava/lang/String; 1");
  }

  @Test
  void registryNamesInheritedMethodsWithoutTheirGoldenTasks() {
    Compilation compilation = new AgentCompiler().compile(BASE, SUB);

    assertThat(registry(compilation, "com.acme.Sub"))
        .containsSubsequence(
            "\"name\": \"redefined\"", "\"name\": \"answer\"", "\"name\": \"greet\"")
        .doesNotContain("\"id\": \"hello\"");
    assertThat(generatedSource(compilation, "com.acme.Sub_Gild"))
        .contains("public String answer(String question)");
  }

  @Test
  void doesNotGovernASubclassOfAWrapperTwice() {
    Compilation compilation =
        new AgentCompiler()
            .compile(
                """
                package com.acme;
                import io.gild.annotations.*;
                abstract class Asking {
                  @Cached String answer(String question) { return question; }
                }
                """,
                """
                package com.acme;
                import io.gild.annotations.*;
                @Agent class Concrete extends Asking_Gild {
                  @Retry String own(String question) { return question; }
                }
                """);

    assertThat(compilation.errors()).isEmpty();
    assertThat(generatedSource(compilation, "com.acme.Concrete_Gild")).doesNotContain("ANSWER");
  }

  @Test
  void decoratorGovernsInheritedMethodsOfAnInterface() {
    Compilation compilation =
        new AgentCompiler()
            .compile(
                """
                package com.acme;
                import io.gild.annotations.*;
                @Agent interface Assistant extends Asking {}
                interface Asking {
                  @Cached String answer(String question);
                }
                """);

    assertThat(compilation.errors()).isEmpty();
    assertThat(generatedSource(compilation, "com.acme.Assistant_Gild"))
        .contains("WrappedMethod.of(Assistant.class, \"answer\"");
  }

  @Test
  void reportsAnInheritedFinalMethodOfAClassFileAtTheSubclass(@TempDir Path folder)
      throws IOException {
    AgentCompiler.save(
        new AgentCompiler()
            .options("-proc:none")
            .compile(
                """
                package com.acme;
                import io.gild.annotations.*;
                @kotlin.Metadata
                public class Written {
                  @Cached public final String answer(String question) { return question; }
                }
                """,
                "package kotlin; public @interface Metadata {}"),
        folder);

    Compilation compilation =
        new AgentCompiler()
            .options("-cp", folder + File.pathSeparator + System.getProperty("java.class.path"))
            .compile(
                """
                package com.acme;

                @io.gild.annotations.Agent
                class Desk extends Written {}
                """);

    assertThat(compilation.errors())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.getMessage(null)).startsWith("[MethodFinalInKotlin] answer(String)");
          assertThat(error.getLineNumber()).isEqualTo(4);
        });
  }

  private static Object make(ClassLoader loader, String type) throws Exception {
    var constructor = loader.loadClass(type).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static Object call(Object agent, String name, String argument) throws Exception {
    for (Class<?> type = agent.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && !method.isBridge()) {
          method.setAccessible(true);
          return method.invoke(agent, argument);
        }
      }
    }
    throw new AssertionError(name);
  }
}
