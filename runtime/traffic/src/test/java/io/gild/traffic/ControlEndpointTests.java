package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of calls and the control endpoint of a process understand each other. */
class ControlEndpointTests {

  @TempDir Path folder;

  private GildRuntime runtime(String data) {
    String settings =
        """
        data: %s
        control: {port: 0, token-file: %s}
        """
            .formatted(folder.resolve(data), folder.resolve("token"));
    return GildRuntime.builder()
        .discover(ControlEndpointTests.class.getClassLoader())
        .settings(Settings.builder().yaml("gild.yaml", settings).build())
        .build();
  }

  private URI url(String data) throws IOException {
    Path file =
        folder.resolve(data).resolve("control").resolve(ProcessHandle.current().pid() + ".json");
    Map<?, ?> description = (Map<?, ?>) Json.read(Files.readString(file));
    return URI.create((String) description.get("url"));
  }

  private static GovernedMethod method(GildRuntime runtime) {
    return runtime.method(
        MethodSpec.of("support", "com.acme.Desk", "answer", "()Ljava/lang/String;"));
  }

  @Test
  void callsOfAProcessAreReadOnce() throws Exception {
    Files.writeString(folder.resolve("token"), "secret");
    try (GildRuntime runtime = runtime("one")) {
      GovernedMethod method = method(runtime);
      CallFeed feed = new CallFeed(url("one"), folder.resolve("token"));
      method.call(null, call -> "answer");
      assertThatThrownBy(() ->
              method.call(
                  null,
                  call -> {
                    throw new IllegalStateException("broken");
                  }))
          .hasMessage("broken");

      List<FedCall> calls = feed.read();

      assertThat(calls).hasSize(2).allMatch(FedCall::ofAgent);
      assertThat(calls).extracting(FedCall::agent).containsOnly("support");
      assertThat(calls).extracting(FedCall::method).containsOnly("answer");
      assertThat(calls).extracting(FedCall::failed).containsExactly(false, true);
      assertThat(calls).allMatch(call -> call.seconds() >= 0);
      assertThat(feed.read()).isEmpty();
      assertThat(feed.lost()).isZero();
    }
  }
}
