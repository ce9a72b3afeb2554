package io.gild.smoke;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.core.GildLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The control endpoint of a process.
 *
 * @param pid its process id; 0 if it is unknown
 * @param url its address, such as {@code http://127.0.0.1:9464}
 * @param token its token
 */
@Experimental
public record ControlPoint(long pid, URI url, String token) {

  private static final String ENDING = ".json";

  /** How much the clocks of a process and of its own start may differ. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /**
   * Creates a control endpoint whose process is unknown.
   *
   * @param url its address, such as {@code http://127.0.0.1:9464}
   * @param token its token, as a file has it
   * @return the endpoint
   * @throws SmokeException if the address is wrong, or the token is not one
   */
  public static ControlPoint of(URI url, String token) {
    String stripped = token.strip();
    if (stripped.isEmpty() || !stripped.chars().allMatch(each -> each > ' ' && each < 127)) {
      throw new SmokeException(
          "the token of the control endpoint must have visible ASCII characters only, and at least"
              + " one");
    }
    return new ControlPoint(0, Addresses.read(url.toString(), "the control endpoint"), stripped);
  }

  /**
   * Finds the control endpoint of a process; the first one, if it has several.
   *
   * @param data the data folder of the process
   * @param pid its process id
   * @return the endpoint; empty if the process has none there, or the file is of an earlier process
   *     with the same id
   * @throws SmokeException if the file is damaged or cannot be read
   */
  public static Optional<ControlPoint> ofProcess(Path data, long pid) {
    Optional<ControlPoint> usual = ifLiving(folder(data).resolve(pid + ENDING));
    return usual.isPresent()
        ? usual
        : living(data).stream().filter(each -> each.pid == pid).findFirst();
  }

  /**
   * Finds the control endpoints of all processes that run. A damaged file is left out, and one line
   * says so.
   *
   * @param data their data folder
   * @return the endpoints; empty if there are none
   * @throws SmokeException if the folder cannot be read
   */
  public static List<ControlPoint> living(Path data) {
    List<ControlPoint> points = new ArrayList<>();
    if (!Files.isDirectory(folder(data))) {
      return points;
    }
    try (Stream<Path> files = Files.list(folder(data))) {
      for (Path file : files.filter(each -> each.toString().endsWith(ENDING)).sorted().toList()) {
        addIfLiving(file, points);
      }
    } catch (IOException unreadable) {
      throw new SmokeException(folder(data) + " cannot be read: " + unreadable, unreadable);
    }
    return points;
  }

  private static void addIfLiving(Path file, List<ControlPoint> points) {
    try {
      ifLiving(file).ifPresent(points::add);
    } catch (SmokeException damaged) {
      GildLog.infoOnce(String.valueOf(damaged.getMessage()));
    }
  }

  /**
   * Finds the control endpoint of the only process that has one.
   *
   * @param data the data folder
   * @return the endpoint; empty if no process has one there, or several have
   * @throws SmokeException if the folder cannot be read
   */
  static Optional<ControlPoint> ofOnlyProcess(Path data) {
    List<Long> pids = pids(data);
    return pids.size() == 1 ? ofProcess(data, pids.get(0)) : Optional.empty();
  }

  /** Returns the processes that have control endpoints. */
  static List<Long> pids(Path data) {
    return living(data).stream().map(ControlPoint::pid).distinct().toList();
  }

  private static Path folder(Path data) {
    return data.resolve("control");
  }

  private static Optional<ControlPoint> ifLiving(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<?, ?> fields = fields(file);
    if (!(fields.get("pid") instanceof Number pid)
        || !(fields.get("url") instanceof String url)
        || !(fields.get("token") instanceof String token)) {
      throw damaged(file);
    }
    ControlPoint point =
        new ControlPoint(pid.longValue(), Addresses.read(url, "url in " + file), token);
    return ProcessHandle.of(point.pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> isOf(process, fields.get("since")))
            .isPresent()
        ? Optional.of(point)
        : Optional.empty();
  }

  /** A file that is older than the process is of an earlier one with the same id. */
  private static boolean isOf(ProcessHandle process, @Nullable Object since) {
    Optional<Instant> started = process.info().startInstant();
    try {
      return started.isEmpty()
          || !Instant.parse(String.valueOf(since)).isBefore(started.get().minus(TOLERANCE));
    } catch (DateTimeParseException unknown) {
      return true;
    }
  }

  private static Map<?, ?> fields(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      throw new SmokeException(
          file + " cannot be read: " + unreadable + ". Run the command as the user of the process.",
          unreadable);
    }
    try {
      if (Json.read(text) instanceof Map<?, ?> map) {
        return map;
      }
    } catch (IllegalArgumentException reportedBelow) {
      // not JSON
    }
    throw damaged(file);
  }

  private static SmokeException damaged(Path file) {
    return new SmokeException(
        file
            + " must be a JSON object with pid, url and token, but is not. Delete the file and"
            + " restart the process.");
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "ControlPoint[" + pid + ", " + url + "]";
  }
}
