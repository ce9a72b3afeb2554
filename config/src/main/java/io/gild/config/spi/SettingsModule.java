package io.gild.config.spi;

import io.gild.config.Experimental;
import io.gild.config.PolicyType;
import io.gild.config.Section;
import java.util.List;

/**
 * What a module adds to the settings; found by {@link java.util.ServiceLoader}.
 *
 * <p>It is loaded before {@code main}, so its class should refer to little else than records.
 */
@Experimental
public interface SettingsModule {

  /**
   * Returns the module's name, which is that of its artifact without {@code gild-}.
   *
   * @return a name such as {@code reliability}
   */
  String name();

  /**
   * Returns the sections of the settings that the module declares.
   *
   * @return the sections; empty if there are none
   */
  default List<Section<?>> sections() {
    return List.of();
  }

  /**
   * Returns the commands that the module adds to the command line.
   *
   * @return classes with picocli's {@code @Command} and a constructor without parameters; empty if
   *     there are none
   */
  default List<Class<?>> commands() {
    return List.of();
  }

  /**
   * Returns the kinds of policy that the module declares.
   *
   * @return the kinds, outermost first; empty if there are none
   */
  default List<PolicyType<?>> policies() {
    return List.of();
  }
}
