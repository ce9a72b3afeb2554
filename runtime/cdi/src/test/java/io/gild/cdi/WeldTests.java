package io.gild.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.core.TimeLimitExceeded;
import jakarta.enterprise.inject.literal.NamedLiteral;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beans of a real container. */
class WeldTests {

  private static final Logger WELD = Logger.getLogger("org.jboss.weld");

  private WeldContainer container;

  @BeforeEach
  void start() {
    WELD.setLevel(Level.WARNING);
    container = new Weld().initialize();
  }

  @AfterEach
  void stop() {
    container.close();
  }

  @Test
  void governsABeanThatTheContainerMakes() {
    Desk desk = container.select(Desk.class).get();

    assertThat(desk.answer("q")).isEqualTo("answer to q at try 3");
    assertThat(desk.plain()).isEqualTo("plain 4");
  }

  @Test
  void cachesAnswers() {
    Desk desk = container.select(Desk.class).get();
    String first = desk.count("cached");

    assertThat(desk.count("cached")).isEqualTo(first);
    assertThat(desk.count("another")).isNotEqualTo(first);
  }

  @Test
  void governsInheritedMethods() {
    assertThat(container.select(Heir.class).get().inherited("q")).isEqualTo("q at try 2");
  }

  @Test
  void passesTheRoutedModel() {
    assertThat(container.select(Heir.class).get().routed("hi", "")).matches(".+: hi");
  }

  @Test
  void endsACallThatTakesTooLong() {
    Heir heir = container.select(Heir.class).get();

    assertThatExceptionOfType(TimeLimitExceeded.class).isThrownBy(heir::slow);
    assertThat(heir.soon("now").toCompletableFuture()).isCompletedWithValue("soon now");
  }

  /** Each attempt has a transaction of its own, and a cached answer has none. */
  @Test
  void runsTheInterceptorsOfTheApplicationForEachAttempt() {
    CountedInterceptor.CALLS.set(0);
    Heir heir = container.select(Heir.class).get();

    assertThatThrownBy(heir::failing)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("always");
    assertThat(CountedInterceptor.CALLS).hasValue(3);
  }

  @Test
  void doesNotGovernTheObjectOfAWrapperTwice() {
    Counter counter = container.select(Counter.class, NamedLiteral.of("wrapped")).get();

    assertThatThrownBy(() -> counter.answer("q")).hasMessage("always");
    assertThat(counter.attempts).isEqualTo(2);
  }

  @Test
  void governsBeansOfASecondContainer() {
    container.close();
    container = new Weld().initialize();

    assertThat(container.select(Desk.class).get().answer("again"))
        .isEqualTo("answer to again at try 3");
  }
}
