package io.gild.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Keys;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionalKeysTests {

  @ParameterizedTest
  @ValueSource(
      classes = {
        GoldenHead.class,
        AnswerCheck.Length.class,
        AnswerCheck.Json.class,
        AnswerCheck.Judge.class
      })
  void areThoseOfComponentsThatMayBeNull(Class<?> type) {
    List<String> optional = GoldenReader.OPTIONAL.getOrDefault(type, List.of());
    for (RecordComponent component : type.getRecordComponents()) {
      assertThat(optional.contains(Keys.kebab(component.getName())))
          .as(component.toString())
          .isEqualTo(component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }
  }
}
