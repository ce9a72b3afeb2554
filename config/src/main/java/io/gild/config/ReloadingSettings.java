package io.gild.config;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Settings that follow their file. The owner calls {@link #check()} periodically; a file that
 * became invalid is reported, and the previous settings stay.
 */
@Experimental
public final class ReloadingSettings {

  private record Stamp(long modified, long size) {
    static Stamp of(File file) {
      return new Stamp(file.lastModified(), file.length());
    }
  }

  private final File file;
  private final Path path;
  private final Function<Path, Settings> loader;
  private final Consumer<Settings> onChange;
  private final Consumer<SettingsException> onProblem;
  private Stamp seen;
  private volatile Settings current;

  /**
   * Reads the file with {@link Settings#loadOrDefaults} and follows it.
   *
   * @param gildYaml the file; it need not exist yet
   * @param onChange is given new settings
   * @param onProblem is given what is wrong with a new file
   */
  public ReloadingSettings(
      Path gildYaml, Consumer<Settings> onChange, Consumer<SettingsException> onProblem) {
    this(Settings.loadOrDefaults(gildYaml), gildYaml, Settings::load, onChange, onProblem);
  }

  /**
   * Follows a file that was read already.
   *
   * @param current the settings in effect
   * @param gildYaml the file
   * @param loader reads the file; throws {@link SettingsException} if it is wrong
   * @param onChange is given new settings
   * @param onProblem is given what is wrong with a new file
   */
  public ReloadingSettings(
      Settings current,
      Path gildYaml,
      Function<Path, Settings> loader,
      Consumer<Settings> onChange,
      Consumer<SettingsException> onProblem) {
    this.current = current;
    this.path = gildYaml;
    this.file = gildYaml.toFile();
    this.loader = loader;
    this.onChange = onChange;
    this.onProblem = onProblem;
    this.seen = Stamp.of(file);
  }

  /**
   * Returns the settings in effect.
   *
   * @return the last valid settings
   */
  public Settings current() {
    return current;
  }

  /**
   * Reads the file if its time or size changed.
   *
   * @return whether there are new settings
   */
  public synchronized boolean check() {
    Stamp now = Stamp.of(file);
    if (now.equals(seen)) {
      return false;
    }
    seen = now;
    try {
      current = loader.apply(path);
    } catch (SettingsException e) {
      onProblem.accept(e);
      return false;
    }
    onChange.accept(current);
    return true;
  }
}
