package io.gild.cli;

import com.google.auto.service.AutoService;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** The commands that no other module adds. */
@AutoService(SettingsModule.class)
public final class CliModule implements SettingsModule {

  @Override
  public String name() {
    return "cli";
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(
        AttachCommand.class,
        DetachCommand.class,
        InventoryCommand.class,
        MigrateCommand.class,
        RoiCommand.class,
        EvalCommand.class,
        ServeCommand.class,
        GateCommand.class,
        ReportCommand.class,
        AuditCommand.class,
        RecordCommand.class,
        ReplayCommand.class,
        ConsoleCommand.class,
        TopCommand.class,
        TraceCommand.class,
        LogsCommand.class,
        CostCommand.class,
        PricesCommand.class,
        MemoryCommand.class,
        TwinCommand.class,
        RunsCommand.class,
        DlqCommand.class,
        RolloutCommand.class,
        SmokeCommand.class,
        DashboardsCommand.class,
        ConfigCommand.class);
  }
}
