package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.core.Application;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlTableTests {

  /** A policy that can be opened. */
  private static final class Valve extends Stage implements Controllable {

    private final StageContext context;
    private String state = "closed";

    Valve(StageContext context) {
      this.context = context;
    }

    @Override
    public List<Control> controls() {
      return List.of(
          new Control(
              "circuitbreaker",
              context.spec().id(),
              context.spec().agent(),
              context.spec().methodName(),
              state,
              "",
              Map.of(),
              List.of("open")));
    }

    @Override
    public String operate(Control control, String action) {
      state = action;
      return "It is " + action + ".";
    }
  }

  /** Loads the same class again, as another application does. */
  private static final class OtherLoader extends ClassLoader {

    OtherLoader() {
      super(ControlTableTests.class.getClassLoader());
    }

    Class<?> define() throws IOException {
      String name = Example.class.getName();
      String file = name.replace('.', '/') + ".class";
      try (InputStream code = ControlTableTests.class.getClassLoader().getResourceAsStream(file)) {
        if (code == null) {
          throw new IOException("no " + file);
        }
        byte[] bytes = code.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      }
    }
  }

  /** A class of an application. */
  static final class Example {}

  private final GildRuntime runtime =
      GildRuntime.builder()
          .settings(Settings.defaults())
          .stages(
              new StageProvider() {
                @Override
                public Phase phase() {
                  return Phase.CIRCUIT_BREAKER;
                }

                @Override
                public Stage stage(StageContext context) {
                  return new Valve(context);
                }
              })
          .build();

  private ControlTable table(boolean actions) {
    return new ControlTable(runtime, "1", actions);
  }

  private static List<@Nullable Object> keys(ControlTable table) {
    return table.read().controls().stream()
        .<@Nullable Object>map(control -> control.get("key"))
        .toList();
  }

  private static MethodSpec spec() {
    return MethodSpec.of("support", "com.acme.Support", "answer", "()Ljava/lang/String;");
  }

  @AfterEach
  void end() {
    runtime.close();
  }

  @Test
  void operatesOneControl() {
    runtime.method(spec());
    ControlTable table = table(true);
    assertThat(keys(table)).containsExactly("1/mode/mode", "1/circuitbreaker/support.answer");
    assertThat(table.target("1/circuitbreaker/support.answer", "open").operate())
        .isEqualTo("It is open.");
    assertThat(table.read().controls().get(1)).containsEntry("state", "open");
    assertThat(table.read().byAgent().get("support"))
        .isEqualTo(new AgentControls(0, 1, 0, null, null, 0));
  }

  @Test
  void saysWhatCanBeDone() {
    runtime.method(spec());
    ControlTable table = table(true);
    assertThatThrownBy(() -> table.target("1/circuitbreaker/support.answer", "break"))
        .hasMessageContaining("cannot \"break\"; it can [open]");
    assertThatThrownBy(() -> table.target("1/circuitbreaker/gone", "open"))
        .hasMessageContaining("there is no control");
    assertThatThrownBy(() -> table.target("1/mode/mode", "chaos"))
        .hasMessageContaining("must be observe or enforce");
  }

  @Test
  void offersNoActionsWhereItOnlyReads() {
    runtime.method(spec());
    assertThat(table(false).read().controls())
        .allSatisfy(control -> assertThat(control).containsEntry("actions", List.of()));
  }

  @Test
  void keepsApplicationsApartAndForgetsThoseThatAreGone() throws Exception {
    runtime.method(spec());
    WeakReference<ClassLoader> other = useOtherApplication();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (other.get() != null) {
      assertThat(Instant.now()).as("the other application is unloaded").isBefore(deadline);
      System.gc();
      Thread.sleep(20);
    }
    assertThat(keys(table(true))).containsExactly("1/mode/mode", "1/circuitbreaker/support.answer");
  }

  private WeakReference<ClassLoader> useOtherApplication() throws IOException {
    OtherLoader loader = new OtherLoader();
    Application application = runtime.application(loader.define());
    runtime.method(application, spec());
    ControlTable table = table(true);
    assertThat(keys(table))
        .containsExactlyInAnyOrder(
            "1/mode/mode",
            "1/circuitbreaker/support.answer",
            "1/circuitbreaker/support.answer@" + application.number());
    table.target("1/circuitbreaker/support.answer@" + application.number(), "open").operate();
    List<Object> states = new ArrayList<>();
    table.read().controls().forEach(control -> states.add(String.valueOf(control.get("state"))));
    assertThat(states).contains("open", "closed");
    return new WeakReference<>(loader);
  }

  @Test
  void leavesOutWhatFails() {
    runtime.method(spec());
    runtime
        .controls()
        .add(
            new Controllable() {
              @Override
              public List<Control> controls() {
                throw new IllegalStateException("broken");
              }

              @Override
              public String operate(Control control, String action) {
                return "";
              }
            });
    assertThat(keys(table(true))).hasSize(2);
  }
}
