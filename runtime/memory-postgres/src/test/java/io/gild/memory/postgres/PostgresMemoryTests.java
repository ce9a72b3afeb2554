package io.gild.memory.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.memory.spi.MemoryStore;
import io.gild.memory.spi.MemoryStoreProvider;
import io.gild.postgres.PostgresDatabase;
import io.gild.testkit.PostgresServer;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresMemoryTests {

  @Test
  void hasDefaults() {
    assertThat(settings("").get(PostgresMemory.SECTION).postgres())
        .isEqualTo(
            new PostgresDatabase(
                "jdbc:postgresql://localhost/gild", null, null, "gild", Duration.ofSeconds(5), 4));
  }

  @Test
  void printsNoPassword() {
    Settings settings =
        settings(
            "memory: {postgres: {url: 'jdbc:postgresql://db.acme.com:5433/agents?password=s3cret', user: ann, password: t0p}}");
    PostgresDatabase postgres = settings.get(PostgresMemory.SECTION).postgres();

    assertThat(settings.problems()).isEmpty();
    assertThat(postgres.password()).isEqualTo("t0p");
    assertThat(postgres.toString())
        .contains("db.acme.com:5433/agents", "ann")
        .doesNotContain("t0p", "s3cret");
    assertThat(postgres.place()).isEqualTo("db.acme.com:5433/agents");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url: 'postgres://ann:s3cret@localhost/gild'",
        "url: 'jdbc:mysql://ann:s3cret@localhost/gild'",
        "url: 'jdbc:postgresql://ann:s3cret@localhost:port/gild?password=s3cret'",
      })
  void rejectsAnInvalidUrlWithoutItsPassword(String postgres) {
    assertThat(settings("memory: {postgres: {" + postgres + "}}").problems())
        .singleElement()
        .asString()
        .contains("jdbc:postgresql://host:port/database")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema: ' '", "timeout: 0s", "connections: 0"})
  void rejectsImpossibleValues(String postgres) {
    assertThat(settings("memory: {postgres: {" + postgres + "}}").problems()).hasSize(1);
  }

  @Test
  void opensTheStoreOfTheSettings() {
    MemoryStoreProvider provider =
        ServiceLoader.load(MemoryStoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals("postgres"))
            .findFirst()
            .orElseThrow();
    try (PostgresServer server = PostgresServer.start();
        GildRuntime runtime =
            GildRuntime.builder()
                .settings(
                    settings(
                        "memory: {postgres: {url: '%s', user: '%s', password: '%s'}}"
                            .formatted(server.url(), server.user(), server.password())))
                .build();
        MemoryStore store = provider.open(runtime, RandomMemories.SPACE)) {
      assertThat(store.tenants()).isEmpty();
    }
  }

  private static Settings settings(String yaml) {
    return Settings.builder().yaml("gild.yaml", yaml).buildOrDefaults();
  }
}
