package io.gild.smoke;

import io.gild.config.Settings;
import java.io.IOException;
import java.nio.file.Path;

/** The application as a process: prints its address and waits to be killed. */
final class DeskMain {

  private DeskMain() {}

  @SuppressWarnings("SystemOut") // the test reads the address
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Settings settings =
        Settings.builder()
            .yaml("gild.yaml", "control: {port: 0}\ndata: " + Path.of(arguments[0]))
            .build();
    DeskApplication application = DeskApplication.start(settings, DeskApplication::spending);
    System.out.println("address " + application.url());
    Thread.currentThread().join();
  }
}
