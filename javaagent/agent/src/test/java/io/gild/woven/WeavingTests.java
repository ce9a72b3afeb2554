package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Point;
import com.acme.Shape;
import com.acme.Shapes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WeavingTests {

  private final Shapes shapes = new Shapes();
  private static Woven woven;

  @BeforeAll
  static void attach() {
    woven =
        Woven.with(
            """
            mode: enforce
            agents:
              - match: com.acme.Shape*#*
                retry: {max-attempts: 3, wait-duration: 0s}
              - match: com.acme.Point#*
                retry: {max-attempts: 3, wait-duration: 0s}
            """);
  }

  @AfterAll
  static void detach() {
    woven.close();
  }

  @Test
  void repeatsAnOrdinaryMethod() {
    assertThat(shapes.plain("x")).isEqualTo("plain x");
    assertThat(shapes.runs).isEqualTo(3);
  }

  @Test
  void repeatsAMethodOfPrimitives() {
    assertThat(shapes.primitive(1, 2, 3)).isEqualTo(6);
    shapes.runs = 0;
    assertThat(shapes.yes()).isTrue();
  }

  @Test
  void repeatsAMethodThatReturnsNothing() throws Exception {
    StringBuilder out = new StringBuilder();
    shapes.nothing(out);
    assertThat(out).hasToString("done");
    shapes.runs = 0;
    shapes.checked();
    assertThat(shapes.runs).isEqualTo(3);
  }

  @Test
  void repeatsAStaticMethod() {
    assertThat(Shapes.ofClass("x")).isEqualTo("static x");
  }

  @Test
  void repeatsAPrivateMethod() {
    assertThat(shapes.callHidden("x")).isEqualTo("private x");
    assertThat(shapes.runs).isEqualTo(3);
  }

  @Test
  void repeatsASynchronizedMethodUnderItsLock() {
    assertThat(shapes.locked("x")).isEqualTo("locked x true");
    assertThat(Thread.holdsLock(shapes)).isFalse();
  }

  @Test
  void repeatsAMethodOfVariableArity() {
    assertThat(shapes.varargs("v", 1, 2)).isEqualTo("v2");
  }

  @Test
  void repeatsAGenericMethod() {
    assertThat(shapes.generic(List.of(3, 9, 4))).isEqualTo(9);
  }

  @Test
  void repeatsAMethodThatCompletesLater() throws Exception {
    assertThat(shapes.later("x").get(10, TimeUnit.SECONDS)).isEqualTo("later x");
    assertThat(shapes.runs).isEqualTo(3);
  }

  @Test
  void repeatsWithTheArgumentsThatTheCallerGave() {
    assertThat(shapes.reassigned("x")).isEqualTo("x!");
  }

  @Test
  void repeatsAMethodWithHandlersOfItsOwn() {
    assertThat(shapes.loops(6)).containsExactly(15, 7);
  }

  @Test
  void repeatsADefaultMethodOfALambda() {
    AtomicInteger runs = new AtomicInteger();
    Shape lambda = runs::incrementAndGet;
    assertThat(lambda.described("x")).isEqualTo("x done");
  }

  @Test
  void repeatsAMethodOfARecord() {
    assertThat(new Point(new AtomicInteger()).where()).isEqualTo("here");
  }

  @Test
  void throwsTheMethodsLastException() {
    IllegalStateException failure = new IllegalStateException("for good");
    assertThatThrownBy(() -> shapes.failing(failure)).isSameAs(failure);
    assertThat(shapes.runs).isEqualTo(3);
  }

  @Test
  void logsTheWovenMethods() {
    shapes.plain("x");
    assertThat(woven.log()).anyMatch(line -> line.startsWith("woven com.acme.Shapes#"));
  }
}
