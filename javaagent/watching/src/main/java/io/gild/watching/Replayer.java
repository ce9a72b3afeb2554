package io.gild.watching;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.recording.Cassette;
import io.gild.recording.Playback;
import io.gild.weaver.spi.ReplayDiverged;
import io.gild.weaver.spi.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers repeated requests from a {@linkplain Cassette cassette}. */
public final class Replayer implements Tape {

  private final String file;
  private final CallStates<Playback.Course> courses;
  private final @Nullable String broken;

  /** Creates a replayer; if the cassette cannot be read, all requests are refused. */
  public Replayer(TapeOptions options) {
    this.file = String.valueOf(options.file());
    Cassette read = new Cassette(List.of(), List.of(), false, null);
    String problem = null;
    try {
      read = Cassette.read(file, Files.readString(options.file()));
    } catch (IOException missing) {
      problem = "cannot read the cassette " + file + ": " + missing.getMessage();
    } catch (IllegalArgumentException wrong) {
      problem = String.valueOf(wrong.getMessage());
    }
    if (problem != null) {
      GildLog.info("replay: " + problem);
    }
    this.broken = problem;
    Playback playback = new Playback(read, options.ignored());
    this.courses = new CallStates<>(playback::begin);
  }

  @Override
  public boolean turns() {
    return true;
  }

  @Override
  public boolean replays() {
    return true;
  }

  @Override
  public synchronized Exchange begin(@Nullable AgentCall call, Asked asked) {
    String agent = call == null ? "" : call.method().spec().agent();
    if (broken != null) {
      throw new ReplayDiverged(agent, "replay: " + broken);
    }
    boolean ofAgent = call != null && CallStates.outermost(call) != call;
    boolean tool = call != null && !asked.model();
    Object key =
        call != null && (ofAgent || tool) ? CallStates.outermost(call) : Thread.currentThread();
    Playback.Course course = courses.of(key);
    Cassette.Kind kind = asked.model() ? Cassette.Kind.MODEL : Cassette.Kind.TOOL;
    try {
      return new Replayed(course.next(new Playback.Asked(kind, asked.api(), asked.request())));
    } catch (Playback.Mismatch mismatch) {
      if (key instanceof AgentCall) {
        course.stop(mismatch);
      } else {
        course.restart(); // the thread may do other work next
      }
      String message = "replay of " + file + ": " + mismatch.getMessage();
      GildLog.infoOnce(message);
      throw new ReplayDiverged(agent, message);
    }
  }

  /** A replayed exchange. */
  private static final class Replayed extends Exchange {

    private final Cassette.Exchange recorded;
    private final List<Cassette.Exchange> inner = new ArrayList<>();

    Replayed(Playback.Match match) {
      this.recorded = match.exchange();
      for (Cassette.Exchange each : match.call().exchanges()) {
        if (each.parent() == recorded.number() && each.kind() == Cassette.Kind.TOOL) {
          inner.add(each);
        }
      }
    }

    @Override
    public @Nullable Object response() {
      return response(recorded);
    }

    private static @Nullable Object response(Cassette.Exchange exchange) {
      if (exchange.failure() != null) {
        throw new RecordedFailure(exchange.failure());
      }
      return exchange.response();
    }

    @Override
    public List<?> chunks() {
      if (recorded.failure() != null && recorded.chunks().isEmpty()) {
        throw new RecordedFailure(recorded.failure());
      }
      return recorded.chunks();
    }

    @Override
    @SuppressWarnings("unchecked") // the keys of JSON are texts
    public List<Asked> inner() {
      List<Asked> all = new ArrayList<>();
      for (Cassette.Exchange each : inner) {
        all.add(new Asked(false, each.api(), "", (Map<String, ?>) each.request()));
      }
      return all;
    }

    @Override
    public @Nullable Object innerResponse(int index) {
      return response(inner.get(index));
    }
  }
}
