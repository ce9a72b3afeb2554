package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnusedRulesTests {

  @Test
  void namesRulesThatMatchedNoCall() {
    Settings settings =
        Settings.builder()
            .yaml(
                "gild.yaml",
                """
                agents:
                  - match: com.acme.*Desk#answer
                    retry: {}
                  - match: com.acme.Dsek#answer
                    retry: {}
                  - agent: supprt
                    retry: {}
                tools:
                  - {match: "pay*", effect: side-effect}
                """)
            .build();
    GildRuntime runtime = GildRuntime.builder().settings(settings).build();
    runtime
        .method(
            runtime.application(proxyOfAnotherLoader()),
            MethodSpec.of("support", "com.acme.HelpDesk", "answer", "()V"))
        .call(null, same -> null);

    runtime.close(); // as a detach does before it reports
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!runtime.methods().isEmpty()) {
      assertThat(Instant.now()).as("the application is still there").isBefore(deadline);
      System.gc();
    }

    assertThat(UnusedRules.byMethod(runtime))
        .singleElement()
        .asString()
        .startsWith("agents[1] (com.acme.Dsek#answer) matched no method");
    assertThat(UnusedRules.byName(runtime))
        .containsExactly(
            "agents[2] names agent \"supprt\", which was never called. Did you mean \"support\"?",
            "tools[0] (pay*) matched no tool that was called.");
  }

  private static Class<?> proxyOfAnotherLoader() {
    ClassLoader loader = new URLClassLoader(new URL[0]);
    return Proxy.newProxyInstance(
            loader, new Class<?>[] {Runnable.class}, (proxy, method, arguments) -> null)
        .getClass();
  }
}
