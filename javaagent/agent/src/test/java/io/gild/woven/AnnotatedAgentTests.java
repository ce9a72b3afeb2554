package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.AnnotatedDesk;
import io.gild.core.Counts;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.util.Collection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnotatedAgentTests {

  private final AnnotatedDesk desk = new AnnotatedDesk();
  private final Woven woven =
      Woven.with(
          """
          mode: enforce
          tiers:
            small: {model: simple}
            large: {model: clever}
          """);

  @AfterEach
  void detach() {
    woven.close();
  }

  @Test
  void givesEachAttemptTheModelItWasRoutedTo() {
    assertThat(desk.answer("why", 7, null)).isEqualTo("why!");
    assertThat(desk.asked).containsExactly("simple:why!7", "simple:why!7", "clever:why!7");
  }

  @Test
  void readsTheAnnotationsOfTheMethod() {
    desk.answer("why", 7, null);
    GovernedMethod method = method("answer");
    assertThat(method.spec().agent()).isEqualTo("desk");
    assertThat(method.spec().version()).isEqualTo("2");
    assertThat(method.spec().parameters().get(0).name()).isEqualTo("question");
    assertThat(method.spec().declared().toJson())
        .isEqualTo(
            "{\"retry\":{\"max-attempts\":2,\"wait-duration\":\"0s\","
                + "\"ignore-exceptions\":[\"java.lang.IllegalArgumentException\"]},"
                + "\"route\":{\"strategy\":\"cascade\",\"tiers\":[\"small\",\"large\"]}}");
    assertThat(method.counts().get(Counts.Event.ATTEMPT)).isEqualTo(3);
  }

  @Test
  void governsOnlyMethodsWithEffects() {
    desk.pay();
    desk.untouched("why");
    assertThat(methods()).extracting(method -> method.spec().methodName()).containsExactly("pay");
  }

  private static GovernedMethod method(String name) {
    return methods().stream()
        .filter(method -> method.spec().methodName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Collection<GovernedMethod> methods() {
    return GildRuntime.global().methods();
  }
}
