package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.evaluation.spi.GoldenRun;
import io.gild.gates.TaskKey;
import io.gild.golden.DeclaredAgent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoldenAgentsTests {

  /** An AI service. */
  interface Assistant {
    String ask(String question);

    static Assistant create() {
      return question -> "plain " + question;
    }
  }

  /** The class that the processor generates for it. */
  static final class Decorated implements Assistant {
    private final Assistant delegate;

    Decorated(Assistant delegate) {
      this.delegate = delegate;
    }

    static Assistant gilded(Assistant delegate) {
      return new Decorated(delegate);
    }

    @Override
    public String ask(String question) {
      return "governed " + delegate.ask(question);
    }
  }

  /** An agent with a factory alone. */
  static class Desk implements Assistant {
    Desk(String name) {
      assertThat(name).isEqualTo("desk");
    }

    static Desk create() {
      return new Desk("desk");
    }

    @Override
    public String ask(String question) {
      return "desk " + question;
    }
  }

  /** Its wrapper. */
  static final class GovernedDesk extends Desk {
    GovernedDesk(String name) {
      super(name);
    }
  }

  /** An interface whose factory returns a class. */
  interface Other extends Assistant {
    static OtherDesk create() {
      return new OtherDesk();
    }
  }

  static final class OtherDesk implements Other {
    @Override
    public String ask(String question) {
      return "other " + question;
    }
  }

  /** An interface that nobody makes. */
  interface Unmade {
    String ask(String question);
  }

  @Test
  void aDecoratorWrapsTheObjectOfTheInterfacesFactory() throws Exception {
    assertThat(made(Assistant.class, Decorated.class).ask("x")).isEqualTo("governed plain x");
    assertThat(made(Assistant.class, null).ask("x")).isEqualTo("plain x");
  }

  @Test
  void aFactoryBesideAWrapperIsFound() throws Exception {
    assertThat(made(Desk.class, GovernedDesk.class).ask("x")).isEqualTo("desk x");
  }

  @Test
  void aFactoryMayReturnASubtype() throws Exception {
    assertThat(made(Other.class, null).ask("x")).isEqualTo("other x");
  }

  @Test
  void reportsWhatIsMissing() {
    assertThatThrownBy(() -> made(Unmade.class, null))
        .hasMessageContaining("neither a constructor without parameters nor one static method");
  }

  private static Assistant made(Class<?> type, @Nullable Class<?> wrapper) throws Exception {
    DeclaredAgent agent =
        new DeclaredAgent(
            "a", "", "", type.getName(), wrapper == null ? null : wrapper.getName(), List.of());
    GoldenRun run = new GoldenRun(new TaskKey("a", "t"), List.of(), 1, 1, "s");
    return (Assistant)
        new GoldenAgents(GoldenAgentsTests.class.getClassLoader()).make(agent, run).agent();
  }
}
