package io.gild.recipes;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.config.Environment;
import org.openrewrite.java.JavaParser;
import org.openrewrite.test.RecipeSpec;
import org.openrewrite.test.RewriteTest;
import org.openrewrite.test.TypeValidation;

/** The recipes as OpenRewrite runs them. */
class RecipesTests implements RewriteTest {

  @Override
  public void defaults(RecipeSpec spec) {
    spec.recipe(
            Environment.builder()
                .scanRuntimeClasspath("io.gild.recipes")
                .build()
                .activateRecipes("io.gild.recipes.MigrateToGildWithPolicies"))
        .parser(JavaParser.fromJavaVersion())
        .typeValidationOptions(TypeValidation.none());
  }

  @Test
  void annotatesTheClassAndItsEntries() {
    rewriteRun(
        java(
            """
            package com.acme;

            import dev.langchain4j.model.chat.ChatModel;

            /** A desk. */
            public final class Desk {

              private final ChatModel model;

              Desk(ChatModel model) {
                this.model = model;
              }

              /** Answers. */
              public String answer(String question) {
                return ask("Answer: " + question);
              }

              private String ask(String prompt) {
                return model.chat(prompt);
              }

              String name() {
                return "desk";
              }
            }
            """,
            """
            package com.acme;

            import dev.langchain4j.model.chat.ChatModel;
            import io.gild.annotations.Agent;
            import io.gild.annotations.CostTracked;

            /** A desk. */
            @Agent(name = "Desk")
            public final class Desk {

              private final ChatModel model;

              Desk(ChatModel model) {
                this.model = model;
              }

              /** Answers. */
              @CostTracked
              public String answer(String question) {
                return ask("Answer: " + question);
              }

              private String ask(String prompt) {
                return model.chat(prompt);
              }

              String name() {
                return "desk";
              }
            }
            """));
  }

  @Test
  void replacesALoopOfProvenShape() {
    rewriteRun(
        java(
            """
            import org.springframework.ai.chat.client.ChatClient;

            class Desk {
              private static final int MOST = 4;
              private ChatClient client;

              String answer(String question) {
                RuntimeException last = null;
                for (int i = 0; i < MOST; i++) {
                  try {
                    return client.prompt().user(question).call().content();
                  } catch (RuntimeException e) {
                    last = e;
                    try {
                      Thread.sleep(50);
                    } catch (InterruptedException interrupted) {
                      Thread.currentThread().interrupt();
                      throw e;
                    }
                  }
                }
                throw last;
              }
            }
            """,
            """
            import io.gild.annotations.Agent;
            import io.gild.annotations.CostTracked;
            import io.gild.annotations.Retry;
            import org.springframework.ai.chat.client.ChatClient;

            @Agent(name = "Desk")
            class Desk {
              private static final int MOST = 4;
              private ChatClient client;

              @Retry(maxAttempts = 4, waitDuration = "50ms", multiplier = 1, randomizedWaitFactor = 0, retryExceptions = RuntimeException.class)
              @CostTracked
              String answer(String question) {
                return client.prompt().user(question).call().content();
              }
            }
            """));
  }

  @Test
  void writesTheQualifiedNameWhereTheSimpleOneIsTaken() {
    rewriteRun(
        java(
            """
            package com.acme;

            import com.anthropic.client.AnthropicClient;

            class Agent {
              AnthropicClient client;

              Object answer(Object request) {
                return client.messages().create(request);
              }
            }
            """,
            """
            package com.acme;

            import com.anthropic.client.AnthropicClient;
            import io.gild.annotations.CostTracked;

            @io.gild.annotations.Agent(name = "Agent")
            class Agent {
              AnthropicClient client;

              @CostTracked
              Object answer(Object request) {
                return client.messages().create(request);
              }
            }
            """));
  }

  @Test
  void leavesCodeWithoutAModel() {
    rewriteRun(
        java(
            """
            import java.net.http.HttpClient;

            class Weather {
              HttpClient client;

              Object ask(java.net.http.HttpRequest request) throws Exception {
                return client.send(request, null);
              }
            }
            """));
  }
}
