package io.gild.woven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.Wrapped;
import io.gild.core.Governed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DoubleGoverningTests {

  private static Woven woven;

  @BeforeAll
  static void attach() {
    woven =
        Woven.with(
            """
            mode: enforce
            agents:
              - match: com.acme.Wrapped#answer
                retry: {max-attempts: 3, wait-duration: 0s}
              - match: com.acme.Wrapped#sealed
                retry: {max-attempts: 3, wait-duration: 0s}
            """);
  }

  @AfterAll
  static void detach() {
    woven.close();
  }

  /** The class that the processor would have generated. */
  private static final class Wrapper extends Wrapped implements Governed {
    @Override
    public String answer() {
      return super.answer();
    }
  }

  @Test
  void leavesTheMethodsOfAWrapperToTheWrapper() {
    Wrapper wrapper = new Wrapper();
    assertThatThrownBy(wrapper::answer).hasMessage("flaky 1");
  }

  @Test
  void governsMethodsThatAWrapperCannotOverride() {
    assertThat(new Wrapper().sealed()).isEqualTo("sealed 3");
  }

  @Test
  void governsObjectsWithoutAWrapper() {
    assertThat(new Wrapped().answer()).isEqualTo("answer 3");
  }
}
