package io.gild.memory.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.memory.SessionKey;
import io.gild.memory.spi.SessionStore;
import io.gild.memory.spi.SessionStoreProvider;
import io.gild.redis.RedisAddress;
import io.gild.redis.RedisServerSettings;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisMemoryTests {

  @Test
  void hasDefaults() {
    RedisServerSettings redis = settings("").get(RedisMemory.SECTION).redis();

    assertThat(redis)
        .isEqualTo(
            new RedisServerSettings("redis://localhost:6379", Duration.ofSeconds(2), "gild:"));
    assertThat(RedisAddress.of(redis.url()))
        .isEqualTo(new RedisAddress("localhost", 6379, false, null, null, 0));
  }

  @Test
  void readsUserPasswordAndDatabase() {
    Settings settings =
        settings("memory: {redis: {url: 'rediss://ann:p%40ss@redis.acme.com:6380/3'}}");
    RedisServerSettings redis = settings.get(RedisMemory.SECTION).redis();

    assertThat(settings.problems()).isEmpty();
    assertThat(RedisAddress.of(redis.url()))
        .isEqualTo(new RedisAddress("redis.acme.com", 6380, true, "ann", "p@ss", 3));
    assertThat(redis.toString()).contains("redis.acme.com:6380").doesNotContain("p%40ss", "ann");
    assertThat(RedisAddress.of(redis.url()).toString()).isEqualTo("redis.acme.com:6380");
    assertThat(RedisAddress.of("redis://:p@[::1]").host()).isEqualTo("[::1]");
  }

  @Test
  void takesTheUrlFromTheEnvironment() {
    Settings settings =
        Settings.builder()
            .environment(Map.of("GILD_MEMORY_REDIS_URL", "redis://:p@redis.acme.com"))
            .buildOrDefaults();

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.get(RedisMemory.SECTION).redis().url())
        .isEqualTo("redis://:p@redis.acme.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url: 'http://ann:s3cret@localhost'",
        "url: 'redis://ann:s3cret@local host'",
        "url: 'redis://ann:s3cret@localhost/first'",
        "url: 'redis:s3cret'",
      })
  void rejectsAnInvalidUrlWithoutItsPassword(String redis) {
    Settings settings = settings("memory: {redis: {" + redis + "}}");

    assertThat(settings.problems())
        .singleElement()
        .asString()
        .contains("redis://user:password@host:port/database")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix: 'a{b}'", "timeout: 0s"})
  void rejectsImpossibleValues(String redis) {
    assertThat(settings("memory: {redis: {" + redis + "}}").problems()).hasSize(1);
  }

  @Test
  void opensTheStoreOfTheSettings(@TempDir Path folder) {
    SessionStoreProvider provider =
        ServiceLoader.load(SessionStoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals("redis"))
            .findFirst()
            .orElseThrow();
    try (RedisServer server = RedisServer.start(folder);
        GildRuntime runtime =
            GildRuntime.builder()
                .settings(settings("memory: {redis: {url: '" + server.url() + "'}}"))
                .build();
        SessionStore store = provider.open(runtime)) {
      assertThat(store.read(new SessionKey("", "", "1")).revision()).isZero();
    }
  }

  private static Settings settings(String yaml) {
    return Settings.builder().yaml("gild.yaml", yaml).buildOrDefaults();
  }
}
