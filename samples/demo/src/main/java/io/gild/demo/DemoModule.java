package io.gild.demo;

import com.google.auto.service.AutoService;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Adds {@code gild demo} to the command line of a checkout. */
@AutoService(SettingsModule.class)
public final class DemoModule implements SettingsModule {

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(DemoCommand.class);
  }
}
