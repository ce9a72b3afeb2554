package io.gild.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.AgentCall;
import io.gild.core.GildRuntime;
import io.gild.core.WrappedMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wrappers as the processor generates them. */
class WrappedVersionsTests {

  private final GildRuntime runtime = GildRuntime.builder().build();

  /** What the processor generates for {@link Desk}. */
  private static final class WrappedDesk extends Desk {

    private static final WrappedMethod METHOD = WrappedMethod.of(Desk.class, "answer", DESCRIPTOR);

    @Override
    public String answer(String tenant, String question) {
      if (METHOD.idle()) {
        return super.answer(tenant, question);
      }
      if (METHOD.detached()) {
        return (String)
            METHOD.call(
                this,
                arguments -> super.answer((String) arguments[0], (String) arguments[1]),
                tenant,
                question);
      }
      AgentCall call = METHOD.begin(this, tenant, question);
      while (call.proceed()) {
        call.returned(super.answer(tenant, question));
      }
      return (String) call.result();
    }
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void answersWithEitherVersion() {
    GildRuntime.setGlobal(runtime);
    Desk desk = new WrappedDesk();
    assertThat(desk.answer("ann", "q")).isEqualTo("1: q");
    VersionSplit split =
        Versions.of(runtime)
            .split("r", "Desk", Variant.named("2.0").implementation(Desk.Next.class.getName()))
            .share(Buckets.COUNT);

    assertThat(desk.answer("ann", "q")).isEqualTo("2: q");

    split.close();
    assertThat(desk.answer("ann", "q")).isEqualTo("1: q");

    VersionSplit wrapped =
        Versions.of(runtime)
            .split("r", "Desk", Variant.named("2.0").implementation(WrappedDesk::new))
            .share(Buckets.COUNT);
    assertThat(desk.answer("ann", "q")).as("another wrapped object").isEqualTo("1: q");
    assertThat(wrapped.counts().canary()).as("is not governed a second time").isOne();
  }
}
