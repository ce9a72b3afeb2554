package io.gild.benchmarks;

import com.google.auto.service.AutoService;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Adds {@code gild bench} to the command line of a checkout. */
@AutoService(SettingsModule.class)
public final class BenchModule implements SettingsModule {

  @Override
  public String name() {
    return "benchmarks";
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(BenchCommand.class);
  }
}
