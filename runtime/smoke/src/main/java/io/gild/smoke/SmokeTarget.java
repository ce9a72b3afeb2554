package io.gild.smoke;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running application.
 *
 * @param url its own address; {@code null} if it is unknown
 * @param control its control endpoint; {@code null} if it has none, or none is known
 * @param data its data folder; {@code null} if it cannot be reached from here
 */
@Experimental
public record SmokeTarget(@Nullable URI url, @Nullable ControlPoint control, @Nullable Path data) {

  /** Checks that there is anything to test. */
  public SmokeTarget {
    if (url == null && control == null) {
      throw new SmokeException("an application must have an address or a control endpoint");
    }
  }

  /**
   * Finds an application by its address. An application of this machine may have its control
   * endpoint in the data folder of the settings, if only one process there has one.
   *
   * @param url its address, such as {@code http://127.0.0.1:8080}
   * @param settings its settings
   * @return the application
   * @throws SmokeException if the address is wrong, or a control file is damaged
   */
  public static SmokeTarget ofUrl(String url, Settings settings) {
    URI address = Addresses.read(url, "the address of the application");
    if (!Addresses.isLocal(address)) {
      return new SmokeTarget(address, null, null);
    }
    return new SmokeTarget(
        address, ControlPoint.ofOnlyProcess(settings.data()).orElse(null), settings.data());
  }

  /**
   * Finds an application by its process id.
   *
   * @param pid the process id
   * @param settings its settings, whose {@code smoke.url} is its address
   * @param data its data folder
   * @return the application
   * @throws SmokeException if there is no such process, or it has no control endpoint and the
   *     settings name no address
   */
  public static SmokeTarget ofProcess(long pid, Settings settings, Path data) {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      throw new SmokeException("there is no process " + pid);
    }
    Optional<ControlPoint> point = ControlPoint.ofProcess(data, pid);
    URI address = own(settings);
    if (point.isEmpty() && address == null) {
      throw new SmokeException(
          "process "
              + pid
              + " has no control endpoint in "
              + data.resolve("control")
              + ". Set control.port in its gild.yaml, name its data folder with --data, or name its"
              + " address instead of the process");
    }
    return new SmokeTarget(address, point.orElse(null), data);
  }

  /**
   * Finds the application that uses settings.
   *
   * @param settings the settings
   * @return the application
   * @throws SmokeException if no process or several have a control endpoint in their data folder,
   *     and the settings name no address
   */
  public static SmokeTarget ofSettings(Settings settings) {
    List<Long> pids = ControlPoint.pids(settings.data());
    Optional<ControlPoint> point = ControlPoint.ofOnlyProcess(settings.data());
    URI address = own(settings);
    if (point.isPresent() || address != null && pids.isEmpty()) {
      return new SmokeTarget(address, point.orElse(null), settings.data());
    }
    throw new SmokeException(
        pids.isEmpty()
            ? "no process has a control endpoint in "
                + settings.data().resolve("control")
                + ". Start the application with control.port in its gild.yaml, or write smoke.url"
            : "several processes have a control endpoint in "
                + settings.data().resolve("control")
                + ". Name one of them: "
                + pids.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  private static @Nullable URI own(Settings settings) {
    String url = settings.get(SmokeSettings.SECTION).url();
    return url == null ? null : Addresses.read(url, "smoke.url");
  }

  /**
   * Returns the same application with another control endpoint.
   *
   * @param point the endpoint
   * @return the application
   */
  public SmokeTarget withControl(ControlPoint point) {
    return new SmokeTarget(url, point, data);
  }

  /** Returns a description for reports. */
  @Override
  public String toString() {
    String process =
        control == null
            ? ""
            : control.pid() == 0 ? control.url().toString() : "process " + control.pid();
    String address = url == null ? "" : url.toString();
    return address.isEmpty() || process.isEmpty() ? address + process : address + ", " + process;
  }
}
