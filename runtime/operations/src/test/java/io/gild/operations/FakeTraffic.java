package io.gild.operations;

import io.gild.operations.spi.Share;
import io.gild.operations.spi.TrafficEngine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A proxy that remembers its share beyond the controllers that set it. */
final class FakeTraffic implements TrafficEngine {

  final List<Integer> sets = new ArrayList<>();
  int share;
  @Nullable String broken;
  boolean dies;

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public void check() throws RolloutException {
    failIfBroken();
  }

  @Override
  public Share set(int wanted) throws RolloutException {
    failIfBroken();
    if (dies) {
      throw new Killed();
    }
    share = wanted;
    sets.add(wanted);
    return new Share(wanted, wanted, "");
  }

  @Override
  public Share current(int wanted) throws RolloutException {
    failIfBroken();
    return new Share(wanted, share, "");
  }

  private void failIfBroken() throws RolloutException {
    if (broken != null) {
      throw new RolloutException(broken);
    }
  }

  /** Stands for the end of the controller's process. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
