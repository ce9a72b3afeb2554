package io.gild.maven;

import java.util.List;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Finds a Surefire that is too old to run tests of JUnit Jupiter: it skips them silently. Maven
 * before 3.9 uses one by default, unless the project names a version.
 */
final class OldSurefire {

  static final String PINNED = "3.6.1";

  /** The first version that runs the JUnit Platform by itself. */
  private static final ComparableVersion FIRST = new ComparableVersion("2.22.0");

  private static final String GROUP = "org.apache.maven.plugins";
  private static final String SUREFIRE = "maven-surefire-plugin";
  private static final String FAILSAFE = "maven-failsafe-plugin";

  private OldSurefire() {}

  /** Returns the problem and its remedy, or null if the build can run the tests. */
  static @Nullable String problem(MavenProject project) {
    List<Plugin> plugins = project.getBuildPlugins();
    Plugin surefire = find(plugins, SUREFIRE);
    Plugin failsafe = find(plugins, FAILSAFE);
    if (surefire == null || runsJupiter(surefire)) {
      return null;
    }
    if (failsafe != null && runsJupiter(failsafe)) {
      return null;
    }
    return """
    This build uses maven-surefire-plugin %s, which runs no JUnit Jupiter test: golden tests need 2.22.0 or later. Maven before 3.9 uses such a version unless the project names another. Add to build/plugins:
      <plugin>
        <artifactId>maven-surefire-plugin</artifactId>
        <version>%s</version>
      </plugin>\
    """
        .formatted(surefire.getVersion(), PINNED);
  }

  private static @Nullable Plugin find(List<Plugin> plugins, String artifact) {
    return plugins.stream()
        .filter(
            plugin -> GROUP.equals(plugin.getGroupId()) && artifact.equals(plugin.getArtifactId()))
        .findFirst()
        .orElse(null);
  }

  /** Older versions run it too with a provider that JUnit formerly published. */
  private static boolean runsJupiter(Plugin plugin) {
    String version = plugin.getVersion();
    return version == null
        || new ComparableVersion(version).compareTo(FIRST) >= 0
        || plugin.getDependencies().stream()
            .anyMatch(each -> "junit-platform-surefire-provider".equals(each.getArtifactId()));
  }
}
