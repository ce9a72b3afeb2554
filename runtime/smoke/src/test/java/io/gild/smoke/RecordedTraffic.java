package io.gild.smoke;

import io.gild.operations.spi.Share;
import io.gild.operations.spi.TrafficEngine;
import io.gild.operations.spi.TrafficEngineProvider;
import java.nio.file.Path;
import java.util.Map;

/** A proxy that divides nothing and keeps its share. */
public final class RecordedTraffic implements TrafficEngineProvider {

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public TrafficEngine create(Map<String, Object> options, Path base) {
    return new TrafficEngine() {

      private int share;

      @Override
      public String name() {
        return "recorded";
      }

      @Override
      public void check() {}

      @Override
      public Share set(int wanted) {
        share = wanted;
        return new Share(wanted, wanted, "");
      }

      @Override
      public Share current(int wanted) {
        return new Share(wanted, share, "");
      }
    };
  }
}
