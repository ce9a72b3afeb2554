package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Controls a rollout of processes from this one, in the foreground, until it is over. A control
 * endpoint is beside it if the settings give it a port. For one thread.
 */
@Experimental
public final class RolloutRunner implements AutoCloseable {

  private static final int ALL_EVENTS = 0;

  private final RolloutController controller;
  private final RolloutPlan plan;
  private final @Nullable ControlServer server;
  private int reported;

  private RolloutRunner(
      RolloutController controller, RolloutPlan plan, @Nullable ControlServer server) {
    this.controller = controller;
    this.plan = plan;
    this.server = server;
    RolloutRecord record = controller.record();
    this.reported = record == null ? ALL_EVENTS : record.events().size();
  }

  /**
   * Takes control of a rollout, which goes on where it was.
   *
   * @param settings the settings
   * @param name name of the rollout
   * @param base folder to which relative paths in the settings are relative
   * @return the runner
   * @throws RolloutException if there is no such rollout, another process controls it, or its
   *     engine cannot be used
   */
  public static RolloutRunner open(Settings settings, String name, Path base)
      throws RolloutException {
    RolloutPlan plan = RolloutPlan.of(settings, name);
    RolloutController controller = RolloutController.open(RolloutSetup.parts(settings, plan, base));
    return new RolloutRunner(controller, plan, server(settings, controller, name));
  }

  private static @Nullable ControlServer server(
      Settings settings, RolloutController controller, String name) {
    ControlSettings control = settings.get(ControlSettings.SECTION);
    Integer port = control.port();
    if (port == null) {
      return null;
    }
    ControlRoutes routes =
        new ControlRoutes(
            null,
            new Rollouts(Rollouts.folder(settings)),
            asked -> asked.equals(name) ? controller.lastAssessment() : null);
    try {
      ControlServer started = ControlServer.start(control, port, settings.data(), routes);
      GildLog.info("The control endpoint is " + started.url() + ".");
      return started;
    } catch (IOException taken) {
      GildLog.info(
          "The control endpoint cannot listen on port " + port + ": " + taken.getMessage());
      return null;
    }
  }

  /**
   * Returns whether the rollout is under way.
   *
   * @return {@code false} if it never started or is over
   */
  public boolean isUnderWay() {
    RolloutRecord record = controller.record();
    return record != null && !record.state().isFinal();
  }

  /**
   * Starts the rollout.
   *
   * @param who the person who starts it
   * @throws RolloutException if a version does not exist, or shares cannot be set
   */
  public void start(String who) throws RolloutException {
    controller.start(who);
    reported = ALL_EVENTS;
  }

  /**
   * Asks something of the rollout, and carries it out.
   *
   * @param request what
   * @param who the person who asks
   * @param reason why; may be empty
   * @throws RolloutException if it cannot be asked of a rollout in this state
   */
  public void ask(Rollouts.Request request, String who, String reason) throws RolloutException {
    controller.ask(request, who, reason);
  }

  /**
   * Controls the rollout.
   *
   * @param onEvent gets each decision after it was carried out
   * @param onProblem gets what keeps the rollout from going on, when that changes
   * @param stop asked in each interval; {@code true} ends the control, not the rollout
   * @return the record at the end
   * @throws InterruptedException if the thread is interrupted
   */
  public RolloutRecord run(
      Consumer<RolloutEvent> onEvent, Consumer<String> onProblem, BooleanSupplier stop)
      throws InterruptedException {
    String problem = "";
    boolean over = false;
    while (!over && !stop.getAsBoolean()) {
      over = controller.tick();
      report(onEvent);
      String present = problem();
      if (!present.equals(problem)) {
        problem = present;
        onProblem.accept(present);
      }
      if (!over) {
        Clock.SYSTEM.sleep(plan.defaults().interval().toNanos());
      }
    }
    RolloutRecord record = controller.record();
    if (record == null) {
      throw new IllegalStateException("start was not called for the rollout " + plan.name());
    }
    return record;
  }

  private void report(Consumer<RolloutEvent> onEvent) {
    RolloutRecord record = controller.record();
    List<RolloutEvent> events = record == null ? List.of() : record.events();
    while (reported < events.size() && events.get(reported).achieved() >= 0) {
      onEvent.accept(events.get(reported));
      reported++;
    }
  }

  private String problem() {
    RolloutRecord record = controller.record();
    String problem = record == null ? "" : record.problem();
    return problem.isEmpty() ? controller.measuringProblem() : problem;
  }

  /** Ends the control; the shares stay as they are. */
  @Override
  public void close() {
    controller.close();
    if (server != null) {
      server.close();
    }
  }
}
