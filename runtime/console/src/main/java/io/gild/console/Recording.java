package io.gild.console;

import java.util.function.Predicate;

/** What a {@link CallRecorder} recorded, with the calls that run now before it. Thread-safe. */
final class Recording implements CallRows {

  private final CallRing ring;
  private final CallRing unusual;
  private final RunningCalls running;

  Recording(CallRecorder recorder, RunningCalls running) {
    this.ring = recorder.ring();
    this.unusual = recorder.unusual();
    this.running = running;
  }

  CallRing ring() {
    return ring;
  }

  @Override
  public void newestFirst(Predicate<CallRow> visitor) {
    for (CallRow call : running.all()) {
      if (!visitor.test(call)) {
        return;
      }
    }
    CallRow row = new CallRow();
    long first = ring.first();
    for (long number = ring.last(); number >= first; number--) {
      if (ring.read(number, row) && !visitor.test(row)) {
        return;
      }
    }
    long firstUnusual = unusual.first();
    for (long number = unusual.last(); number >= firstUnusual; number--) {
      boolean elsewhere = unusual.read(number, row) && row.number != 0 && row.sequence < first;
      if (elsewhere && !visitor.test(row)) {
        return;
      }
    }
  }

  @Override
  public long capacity() {
    return ring.capacity();
  }

  @Override
  public long held() {
    return ring.last() - ring.first() + 1;
  }

  @Override
  public long overwritten() {
    return ring.first() - 1;
  }

  @Override
  public long dropped() {
    return ring.dropped() + unusual.dropped();
  }
}
