package io.gild.integration;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtime;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.File;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;

/** Class paths of applications, as Maven would build them from a library's coordinates. */
final class ClassPaths {

  private static final Map<List<String>, String> KNOWN = new ConcurrentHashMap<>();

  private ClassPaths() {}

  /**
   * Resolves artifacts with all their run-time dependencies.
   *
   * @param coordinates each as {@code group:artifact:version}
   * @return files, joined as {@code java -cp} takes them
   */
  static String of(List<String> coordinates) {
    return KNOWN.computeIfAbsent(coordinates, ClassPaths::resolve);
  }

  /**
   * Resolves one artifact without dependencies.
   *
   * @param coordinates as {@code group:artifact:extension:classifier:version}
   */
  static String file(String coordinates) {
    ContextOverrides overrides = ContextOverrides.create().withUserSettings(true).build();
    try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides)) {
      ArtifactRequest wanted =
          new ArtifactRequest(
              new DefaultArtifact(coordinates), context.remoteRepositories(), "tests");
      return context
          .repositorySystem()
          .resolveArtifact(context.repositorySystemSession(), wanted)
          .getArtifact()
          .getFile()
          .toString();
    } catch (ArtifactResolutionException missing) {
      throw new IllegalStateException("cannot resolve " + coordinates, missing);
    }
  }

  private static String resolve(List<String> coordinates) {
    ContextOverrides overrides = ContextOverrides.create().withUserSettings(true).build();
    Runtime maven = Runtimes.INSTANCE.getRuntime();
    try (Context context = maven.create(overrides)) {
      CollectRequest wanted = new CollectRequest();
      wanted.setRepositories(context.remoteRepositories());
      for (String coordinate : coordinates) {
        Artifact artifact = new DefaultArtifact(coordinate);
        wanted.addDependency(new Dependency(artifact, JavaScopes.RUNTIME));
      }
      Set<String> files = new LinkedHashSet<>();
      for (ArtifactResult result :
          context
              .repositorySystem()
              .resolveDependencies(
                  context.repositorySystemSession(), new DependencyRequest(wanted, null))
              .getArtifactResults()) {
        if (result.getArtifact().getExtension().equals("jar")) {
          files.add(result.getArtifact().getFile().toString());
        }
      }
      return files.stream().collect(Collectors.joining(File.pathSeparator));
    } catch (DependencyResolutionException missing) {
      throw new IllegalStateException("cannot resolve " + coordinates, missing);
    }
  }
}
