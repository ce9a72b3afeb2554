package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.acme.Shapes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DetachTests {

  private static final String CONFIG =
      """
      mode: enforce
      agents:
        - match: com.acme.Shapes#plain
          retry: {max-attempts: 3, wait-duration: 0s}
      """;

  @Test
  void restoresTheOriginalCode() {
    Shapes shapes = new Shapes();
    Woven woven = Woven.with(CONFIG);
    assertThat(shapes.plain("x")).isEqualTo("plain x");

    woven.close();

    shapes.runs = 0;
    assertThat(catchThrowable(() -> shapes.plain("x"))).hasMessage("flaky 1");
    assertThat(GildBridge.engine).isNull();
    assertThat(woven.log()).anyMatch(line -> line.startsWith("declared 1, woven 1"));
  }

  @Test
  void leavesNoFrameInStackTraces() {
    Woven woven = Woven.with(CONFIG);
    Throwable governed = catchThrowable(() -> failForGood(new Shapes()));
    assertThat(frames(governed)).noneMatch(frame -> frame.contains("gild.core"));

    woven.close();

    Throwable plain = catchThrowable(() -> failForGood(new Shapes()));
    assertThat(frames(plain)).noneMatch(frame -> frame.contains("Gild"));
  }

  @Test
  void canBeAttachedAgain() {
    Woven.with(CONFIG).close();
    Shapes shapes = new Shapes();
    try (Woven again = Woven.with(CONFIG)) {
      assertThat(shapes.plain("x")).isEqualTo("plain x");
      assertThat(again.log()).isNotEmpty();
    }
  }

  private static void failForGood(Shapes shapes) {
    shapes.runs = -10;
    shapes.plain("x");
  }

  private static String[] frames(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .map(StackTraceElement::toString)
        .filter(frame -> !frame.contains("Tests"))
        .toArray(String[]::new);
  }
}
