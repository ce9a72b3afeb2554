package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Shapes;
import io.gild.core.TimeLimitExceeded;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls whose body is run through the method's own handle, on another thread. */
class DetachedCallTests {

  private final Shapes shapes = new Shapes();
  private static Woven woven;

  @BeforeAll
  static void attach() {
    woven =
        Woven.with(
            """
            mode: enforce
            agents:
              - match: com.acme.Shapes#*
                retry: {max-attempts: 3, wait-duration: 0s}
                time-limit: {timeout-duration: 20s}
              - match: com.acme.Shapes#stuck
                retry: {max-attempts: 2, wait-duration: 0s}
                time-limit: {timeout-duration: 50ms}
            """);
  }

  @AfterAll
  static void detach() {
    woven.close();
  }

  @Test
  void runsTheBodyOnAnotherThread() {
    assertThat(shapes.thread()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void keepsALockedBodyOnTheCallersThread() {
    assertThat(shapes.lockedThread()).isSameAs(Thread.currentThread());
    assertThat(woven.log()).anyMatch(line -> line.contains("lockedThread is synchronized"));
  }

  @Test
  void abandonsABodyThatTimesOut() {
    assertThatThrownBy(shapes::stuck).isInstanceOf(TimeLimitExceeded.class);
    assertThat(shapes.runs).isEqualTo(2);
  }

  @Test
  void repeatsEveryShape() throws Exception {
    assertThat(shapes.plain("x")).isEqualTo("plain x");
    shapes.runs = 0;
    assertThat(shapes.primitive(1, 2, 3)).isEqualTo(6);
    shapes.runs = 0;
    shapes.checked();
    shapes.runs = 0;
    assertThat(shapes.varargs("v", 1, 2)).isEqualTo("v2");
    shapes.runs = 0;
    assertThat(shapes.generic(List.of(3, 9, 4))).isEqualTo(9);
    shapes.runs = 0;
    assertThat(shapes.callHidden("x")).isEqualTo("private x");
    shapes.runs = 0;
    assertThat(shapes.locked("x")).isEqualTo("locked x true");
    shapes.runs = 0;
    assertThat(shapes.reassigned("x")).isEqualTo("x!");
    shapes.runs = 0;
    assertThat(shapes.later("x").get(10, TimeUnit.SECONDS)).isEqualTo("later x");
    assertThat(Shapes.ofClass("x")).isEqualTo("static x");
  }
}
