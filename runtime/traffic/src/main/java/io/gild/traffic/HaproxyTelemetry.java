package io.gild.traffic;

import io.gild.config.Experimental;
import io.gild.judging.CallSamples;
import io.gild.judging.TrafficInterval;
import io.gild.operations.RolloutException;
import io.gild.operations.spi.TelemetrySource;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures two servers of HAProxy by the proxy's counters, and by the calls that the processes
 * themselves report, if the settings name where.
 *
 * <p>An error is an answer with a 5xx status, a connection that failed or was redispatched, and an
 * answer that is missing, too late or incomplete. A client that left and a 4xx answer are none.
 * When HAProxy was reloaded, the counters of its new process start from zero; what the old one
 * counted after the last reading is lost. A process whose calls cannot be read is logged, the
 * proxy's counts are returned alone, and they are {@link #incomplete}.
 */
@Experimental
public final class HaproxyTelemetry implements TelemetrySource {

  private final HaproxySettings settings;
  private final HaproxySocket socket;
  private final @Nullable FeedSide stableCalls;
  private final @Nullable FeedSide canaryCalls;

  private @Nullable HaproxyVersions last;

  /**
   * Creates a source that measures from now on; if HAProxy does not answer now, from its first
   * answer on.
   *
   * @param settings names the socket, the servers and the processes
   * @param base folder of relative paths
   */
  public HaproxyTelemetry(HaproxySettings settings, Path base) {
    this(settings, base, new HaproxySocket(settings.socket(), base, HaproxySocket.TIMEOUT));
  }

  HaproxyTelemetry(HaproxySettings settings, Path base, HaproxySocket socket) {
    this.settings = settings;
    this.socket = socket;
    this.stableCalls = feed(settings.calls(), base, false);
    this.canaryCalls = feed(settings.calls(), base, true);
    start();
  }

  private static @Nullable FeedSide feed(
      @Nullable CallFeedSettings calls, Path base, boolean canary) {
    if (calls == null) {
      return null;
    }
    Path token = calls.tokenFile() == null ? null : base.resolve(calls.tokenFile());
    URI url = URI.create(canary ? calls.canary() : calls.stable());
    return new FeedSide(new CallFeed(url, token), canary ? "new" : "present", calls.agent());
  }

  private void start() {
    for (FeedSide side : new @Nullable FeedSide[] {stableCalls, canaryCalls}) {
      if (side != null) {
        side.start();
      }
    }
    try {
      last = ask();
    } catch (RolloutException later) {
      // the first reading fails in the same way, or begins
    }
  }

  @Override
  public TrafficInterval read() throws RolloutException {
    HaproxyVersions now = ask();
    HaproxyVersions before = last == null ? now : last;
    last = now;
    return new TrafficInterval(
        samples(before, now, false, stableCalls),
        samples(before, now, true, canaryCalls),
        List.of());
  }

  private static CallSamples samples(
      HaproxyVersions before, HaproxyVersions now, boolean canary, @Nullable FeedSide side) {
    boolean tcp = now.backend().text("mode").equals("tcp");
    boolean same = before.status().process().equals(now.status().process());
    HaproxyCounters counted =
        HaproxyCounters.of(now.side(canary), tcp)
            .since(same ? HaproxyCounters.of(before.side(canary), tcp) : HaproxyCounters.NONE);
    return FeedSide.merged(counted, side == null ? List.of() : side.read());
  }

  @Override
  public String unhealthy(boolean canary) throws RolloutException {
    HaproxyServerLine server = ask().side(canary);
    if (!server.isDown()) {
      return "";
    }
    return "The server \"%s\" of backend \"%s\" is %s for %d seconds."
        .formatted(
            server.server(),
            server.backend(),
            HaproxyTraffic.described(server),
            server.number("lastchg"));
  }

  @Override
  public String incomplete() {
    String stable = stableCalls == null ? "" : stableCalls.problem();
    return stable.isEmpty() && canaryCalls != null ? canaryCalls.problem() : stable;
  }

  private HaproxyVersions ask() throws RolloutException {
    return HaproxyVersions.of(settings, socket.name(), socket.ask(HaproxyStatus.COMMANDS));
  }
}
