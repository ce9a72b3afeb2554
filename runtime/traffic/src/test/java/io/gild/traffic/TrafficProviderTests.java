package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.SettingsException;
import io.gild.operations.spi.TrafficEngineProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class TrafficProviderTests {

  private static TrafficEngineProvider provider(String name) {
    return ServiceLoader.load(TrafficEngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void createsAnEngineOfOptions() throws Exception {
    Map<String, Object> options = Map.of("socket", "h.sock", "backend", "agents");

    assertThat(provider("haproxy").create(options, Path.of("/run")).name())
        .isEqualTo("haproxy agents of /run/h.sock");
    assertThat(provider("haproxy").telemetry(options, Path.of("/run"))).isPresent();
    assertThat(
            provider("kubernetes")
                .create(
                    Map.of(
                        "route", "agents", "stable", "a", "canary", "b", "url", "https://k:6443"),
                    Path.of(""))
                .name())
        .isEqualTo("kubernetes route default/agents");
  }

  @Test
  void reportsAllMistakesAtOnce() {
    Map<String, Object> options = Map.of("sokcet", "h.sock", "stable", "a b");

    assertThatThrownBy(() -> provider("haproxy").create(options, Path.of("")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("haproxy.sokcet: unknown key. Did you mean \"socket\"?")
        .hasMessageContaining("haproxy: socket is missing")
        .hasMessageContaining("haproxy: backend is missing");
  }

  @Test
  void rejectsNamesThatCouldEndACommand() {
    Map<String, Object> options =
        Map.of("socket", "h.sock", "backend", "agents; shutdown sessions");

    assertThatThrownBy(() -> provider("haproxy").create(options, Path.of("")))
        .hasMessageContaining("backend must consist of letters, digits and -_.: alone");
  }

  @Test
  void readsTheOptionsOfCalls() {
    Map<String, Object> options =
        Map.of(
            "socket", "h.sock",
            "backend", "agents",
            "calls", Map.of("stable", "http://127.0.0.1:1", "canary", "127.0.0.1:2"));

    assertThatThrownBy(() -> provider("haproxy").telemetry(options, Path.of("")))
        .hasMessageContaining("canary must be a URL such as http://127.0.0.1:7070");
  }
}
