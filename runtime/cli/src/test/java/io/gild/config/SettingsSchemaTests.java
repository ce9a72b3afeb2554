package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsSchemaTests {

  private static final Path GOLDEN =
      Path.of("../../config/src/main/resources/io/gild/config/gild.schema.json");

  /** Rewrite the file with {@code -Dgolden.rewrite=true}. */
  @Test
  void theShippedSchemaMatchesTheRecords() throws IOException {
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(GOLDEN, SettingsSchema.json());
    }
    assertThat(Files.readString(GOLDEN)).isEqualTo(SettingsSchema.json());
  }

  @Test
  void everyPolicyIsDefined() {
    assertThat(SettingsSchema.json()).contains("\"$ref\": \"#/$defs/circuit-breaker\"");
    assertThat(Json.read(SettingsSchema.json())).isNotNull();
  }
}
