package io.gild.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import io.gild.config.TokenKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of token is listed where code names kinds one by one; other code iterates them. */
class TokenKindTests {

  /** Code that reads or writes answers names kinds, because each provider has its own names. */
  @ParameterizedTest
  @ValueSource(strings = {"io.gild.libraries", "io.gild.testkit"})
  void everyKindIsReadByALibraryAndWrittenByTheTestkit(String module) {
    Set<String> named =
        House.CLASSES.stream()
            .filter(type -> type.getPackageName().equals(module))
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .map(JavaAccess::getTarget)
            .filter(field -> field.getOwner().isEquivalentTo(TokenKind.class))
            .map(field -> field.getName())
            .collect(Collectors.toSet());

    assertThat(named)
        .containsAll(
            Arrays.stream(TokenKind.values())
                .filter(kind -> kind.whole() != null)
                .map(Enum::name)
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsInTheDocumentation(TokenKind kind) throws IOException {
    String meters = page("observability.md");
    if (kind.whole() != null) {
      assertThat(meters).containsPattern("by `kind`:[^|]*\\b" + kind.type() + "\\b");
    }
    if (kind.isPriced()) {
      assertThat(page("configuration.md")).contains("| `prices` | `" + kind.key() + "` |");
    }
  }

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("../../docs", name));
  }
}
