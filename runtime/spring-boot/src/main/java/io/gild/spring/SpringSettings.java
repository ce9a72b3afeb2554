package io.gild.spring;

import io.gild.config.GildYaml;
import io.gild.config.Origin;
import io.gild.config.PropertyTree;
import io.gild.config.Settings;
import io.gild.config.SettingsBuilder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;

/**
 * Reads Gild's settings from the application's properties that begin with {@code gild.}.
 *
 * <p>Arguments and test properties win over system properties, these over environment variables,
 * these over {@code application.yaml}, and that over {@code gild.yaml}.
 */
final class SpringSettings {

  private static final String PREFIX = "gild.";

  private final ConfigurableEnvironment environment;
  private final Set<String> seen = new HashSet<>();

  SpringSettings(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  /** Reads the settings; problems are part of them. */
  Settings read() {
    PropertyTree above = new PropertyTree();
    PropertyTree below = new PropertyTree();
    PropertyTree current = above;
    for (PropertySource<?> source : environment.getPropertySources()) {
      boolean ofThisJvm =
          source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
              || source
                  .getName()
                  .equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
      if (ofThisJvm) {
        current = below;
      } else if (source instanceof EnumerablePropertySource<?> listed) {
        add(listed, current);
      }
    }
    SettingsBuilder builder = Settings.ofThisJvm();
    Path file = file();
    if (file != null) {
      builder.file(file);
    }
    return builder.values(below.tree()).overrides(above.tree()).buildOrDefaults();
  }

  private @Nullable Path file() {
    String named = environment.getProperty("gild.config");
    return named == null ? GildYaml.ofThisJvm() : Path.of(named);
  }

  private void add(EnumerablePropertySource<?> source, PropertyTree tree) {
    for (String name : source.getPropertyNames()) {
      if (isSetting(name) && seen.add(name)) {
        Object value = source.getProperty(name);
        if (value instanceof CharSequence text) {
          value = environment.resolvePlaceholders(text.toString());
        }
        // Boot writes an empty list or map as an empty text.
        if (value != null && !value.equals("")) {
          tree.property(name.substring(PREFIX.length()), value, origin(source, name));
        }
      }
    }
  }

  private static boolean isSetting(String name) {
    return name.startsWith(PREFIX)
        && !name.startsWith("gild.spring.")
        && !name.equals("gild.config");
  }

  private static Origin origin(PropertySource<?> source, String name) {
    org.springframework.boot.origin.Origin origin = OriginLookup.getOrigin(source, name);
    if (origin instanceof TextResourceOrigin place && place.getLocation() != null) {
      Resource resource = place.getResource();
      String file = resource == null ? null : resource.getFilename();
      return new Origin(
          file == null ? source.getName() : file,
          place.getLocation().getLine() + 1,
          place.getLocation().getColumn() + 1);
    }
    return Origin.of(source.getName() + " " + name);
  }
}
