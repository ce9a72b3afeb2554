package io.gild.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Mode;
import io.gild.config.Problem;
import io.gild.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

class SpringSettingsTests {

  @Test
  void readsListsMapsAndPlaceholders() throws Exception {
    Settings settings =
        read(
            """
            attempts: 7
            gild:
              mode: enforce
              agents:
                - match: com.acme.Desk#answer
                  retry:
                    max-attempts: ${attempts}
            """);

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(settings.agents()).hasSize(1);
    assertThat(settings.agents().get(0).toString()).contains("7");
  }

  @Test
  void namesFileAndLineOfAMistake() throws Exception {
    List<Problem> problems =
        read("""
        gild:
          mode: enforce
          agents:
            - match: com.acme.Desk#answer
              retry:
                max-atempts: 3
        """)
            .problems();

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).toString()).contains("application.yaml:6:", "max-attempts");
  }

  @Test
  void systemPropertiesWinOverTheFileAndArgumentsOverThese() throws Exception {
    ConfigurableEnvironment environment = environment("gild.mode: observe");
    System.setProperty("gild.mode", "enforce");
    try {
      assertThat(new SpringSettings(environment).read().mode()).isEqualTo(Mode.ENFORCE);

      environment
          .getPropertySources()
          .addFirst(new MapPropertySource("commandLineArgs", Map.of("gild.mode", "observe")));
      assertThat(new SpringSettings(environment).read().mode()).isEqualTo(Mode.OBSERVE);
    } finally {
      System.clearProperty("gild.mode");
    }
  }

  @Test
  void leavesItsOwnKeysToSpring() throws Exception {
    assertThat(read("gild.spring.fail-on-ungoverned: true").problems()).isEmpty();
  }

  @Test
  void runsOnTheVersionThatTheBuildNames() {
    assertThat(SpringBootVersion.getVersion())
        .startsWith(System.getProperty("gild.test.spring-boot", "3.5"));
  }

  private static Settings read(String yaml) throws Exception {
    return new SpringSettings(environment(yaml)).read();
  }

  private static ConfigurableEnvironment environment(String yaml) throws Exception {
    ConfigurableEnvironment environment = new StandardEnvironment();
    ByteArrayResource file =
        new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public String getFilename() {
            return "application.yaml";
          }
        };
    new YamlPropertySourceLoader()
        .load("application", file)
        .forEach(environment.getPropertySources()::addLast);
    return environment;
  }
}
