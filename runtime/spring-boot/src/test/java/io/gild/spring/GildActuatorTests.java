package io.gild.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.boot.ScannedDesk;
import com.acme.boot.Tries;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class GildActuatorTests {

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({GildAutoConfiguration.class, GildActuatorAutoConfiguration.class})
  @Import({ScannedDesk.class, Tries.class})
  static class Watched {}

  @Test
  void reportsCallsAndControlsOfTheRuntime() {
    try (ConfigurableApplicationContext context = run()) {
      context.getBean(ScannedDesk.class).answer("?");

      Map<String, ?> report = context.getBean(GildEndpoint.class).report();

      assertThat((List<?>) report.get("methods"))
          .anySatisfy(row -> {
            assertThat(((Map<?, ?>) row).get("method")).isEqualTo("answer");
            assertThat(((Map<?, ?>) row).get("retries")).isEqualTo(2L);
          });
      assertThat(report.toString()).doesNotContain("?");
    }
  }

  @Test
  void isHealthyWithoutOpenBreakers() throws Exception {
    try (ConfigurableApplicationContext context = run()) {
      // The type has another package in each version of Spring Boot.
      Object indicator = context.getBean("gildHealthIndicator");
      var method = indicator.getClass().getDeclaredMethod("health");
      method.setAccessible(true);

      assertThat(method.invoke(indicator))
          .hasToString("UP {mode=enforce, methods=0, openBreakers=0}");
    }
  }

  private static ConfigurableApplicationContext run() {
    return new SpringApplicationBuilder(Watched.class)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        .run("--desk.name=front");
  }
}
