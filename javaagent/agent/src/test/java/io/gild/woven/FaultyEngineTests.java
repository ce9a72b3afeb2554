package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Shapes;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If Gild fails, the application still gets its own result or its own failure. */
class FaultyEngineTests {

  private final Shapes shapes = new Shapes();
  private static Woven woven;
  private final List<Throwable> faults = new ArrayList<>();

  @BeforeAll
  static void attach() {
    woven = Woven.with("{mode: enforce, agents: [{match: 'com.acme.Shapes#*'}]}");
  }

  @AfterEach
  void repair() {
    GildBridge.engine = null;
  }

  @AfterAll
  static void detach() {
    woven.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enter", "proceed", "rewritten", "repeats", "failure", "result"})
  void doesNotHarmAMethodThatReturns(String broken) {
    GildBridge.engine = new Faulty(broken);
    shapes.runs = 5;
    assertThat(shapes.plain("x")).isEqualTo("plain x");
    assertThat(shapes.primitive(1, 2, 3)).isEqualTo(6);
    assertThat(faults).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enter", "proceed", "rewritten", "repeats"})
  void doesNotHarmAMethodThatThrows(String broken) {
    GildBridge.engine = new Faulty(broken);
    IllegalStateException own = new IllegalStateException("own");
    assertThatThrownBy(() -> shapes.failing(own)).isSameAs(own);
    assertThat(shapes.runs).isEqualTo(1);
  }

  @Test
  void isAPlainCallWithoutAnEngine() {
    GildBridge.engine = null;
    shapes.runs = 5;
    assertThat(shapes.plain("x")).isEqualTo("plain x");
    assertThat(faults).isEmpty();
  }

  @Test
  void survivesABrokenFaultHandler() {
    GildBridge.engine = new Faulty("enter fault");
    shapes.runs = 5;
    assertThat(shapes.plain("x")).isEqualTo("plain x");
  }

  /** Lets every call pass, and breaks in one place. */
  private final class Faulty extends GildEngine {

    private final String broken;
    private Object returned;
    private Throwable thrown;

    Faulty(String broken) {
      this.broken = broken;
    }

    private void at(String place) {
      if (broken.contains(place)) {
        throw new NoClassDefFoundError(place);
      }
    }

    @Override
    public Object enter(int site, Object self, Object[] arguments, MethodHandle handle) {
      at("enter");
      return "call";
    }

    @Override
    public boolean proceed(Object call) {
      at("proceed");
      return true;
    }

    @Override
    public boolean repeats(Object call, Object result, Throwable failure) {
      at("repeats");
      returned = result;
      thrown = failure;
      return false;
    }

    @Override
    public Object[] rewritten(Object call) {
      at("rewritten");
      return null;
    }

    @Override
    public Object result(Object call) {
      at("result");
      return returned;
    }

    @Override
    public Throwable failure(Object call) {
      at("failure");
      return thrown;
    }

    @Override
    public boolean inCall() {
      return false;
    }

    @Override
    public Object[] carry(int site, Object self, Object[] arguments) {
      return null;
    }

    @Override
    public void taken(Object task) {}

    @Override
    public void made(Object made, int site) {}

    @Override
    public void fault(Throwable fault) {
      faults.add(fault);
      at("fault");
    }
  }
}
