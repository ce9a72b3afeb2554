package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReloadTests {

  private final GildRuntime runtime =
      GildRuntime.builder().settings(settings("retries: {max-attempts: 3}")).build();
  private final GovernedMethod changing = method("answer");
  private final GovernedMethod constant = method("other");

  @Test
  void givesChangedMethodsTheirNewPolicies() {
    runtime.reload(settings("retries: {max-attempts: 7}"));

    assertThat(changing.policies().get(TestModule.Retries.class).maxAttempts()).isEqualTo(7);
    assertThat(constant.policies().get(TestModule.Retries.class)).isNull();
  }

  @Test
  void keepsMethodsWhosePoliciesDidNotChange() {
    Object before = constant.policies();

    runtime.reload(settings("retries: {max-attempts: 7}"));

    assertThat(constant.policies()).as("the very same plan").isSameAs(before);
  }

  @Test
  void observesInObserveMode() {
    runtime.reload(
        Settings.builder()
            .yaml(
                "gild.yaml",
                "mode: observe\nagents:\n- match: com.acme.Desk#answer\n  retries: {}\n")
            .build());

    assertThat(changing.policies().get(TestModule.Retries.class)).isNull();
    assertThat(changing.policies().get(TestModule.Watches.class)).isNotNull();
  }

  @Test
  void appliesNoPolicyWhenItIsSwitchedOff() {
    runtime.reload(Settings.builder().yaml("gild.yaml", "enabled: false").build());

    assertThat(changing.policies().mask()).isZero();
  }

  @Test
  void governsNothingAfterItIsClosed() {
    runtime.close();

    assertThat(changing.policies().mask()).isZero();
    assertThat(changing.call(null, arguments -> "answer", "question")).isEqualTo("answer");
  }

  /** The policies of the first call are being read when the settings change. */
  @Test
  void appliesNewPoliciesToAMethodThatIsBeingMade() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch reloading = new CountDownLatch(1);
    GildRuntime slow =
        GildRuntime.builder()
            .settings(settings("retries: {max-attempts: 3}"))
            .stages(new SlowOnce(making, reloading))
            .build();
    CompletableFuture<GovernedMethod> made =
        CompletableFuture.supplyAsync(() -> method(slow, "answer"));
    making.await();
    Thread reload = new Thread(() -> slow.reload(settings("retries: {max-attempts: 7}")), "reload");
    reload.start();
    while (reload.getState() != Thread.State.BLOCKED
        && reload.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
    reloading.countDown();
    reload.join();

    assertThat(
            made.get(10, TimeUnit.SECONDS).policies().get(TestModule.Retries.class).maxAttempts())
        .isEqualTo(7);
  }

  /** Takes its time to make its first stage. */
  private record SlowOnce(CountDownLatch making, CountDownLatch reloading)
      implements StageProvider {

    @Override
    public Phase phase() {
      return Phase.RETRY;
    }

    @Override
    public Stage stage(StageContext context) {
      making.countDown();
      try {
        assertThat(reloading.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return null;
    }
  }

  private GovernedMethod method(String name) {
    return method(runtime, name);
  }

  private static GovernedMethod method(GildRuntime runtime, String name) {
    return runtime.method(
        MethodSpec.of("desk", "com.acme.Desk", name, "(Ljava/lang/String;)Ljava/lang/String;"));
  }

  private static Settings settings(String policies) {
    return Settings.builder()
        .yaml("gild.yaml", "agents:\n- match: com.acme.Desk#answer\n  " + policies + "\n")
        .build();
  }
}
