package io.gild.cdi;

import com.google.auto.service.AutoService;
import io.gild.annotations.Agent;
import io.gild.annotations.Policy;
import io.gild.config.Experimental;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.Messages;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import java.lang.reflect.Modifier;

/**
 * Adds Gild's interceptor to the methods with its annotations. A build-compatible extension, which
 * containers run that start from class files, such as Weld, and those that start from a build, such
 * as Quarkus.
 */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(BuildCompatibleExtension.class)
public class GildExtension implements BuildCompatibleExtension {

  /** Makes an extension; the container does. */
  public GildExtension() {}

  /**
   * Adds the interceptor's class.
   *
   * @param classes the classes that the container looks at
   */
  @Discovery
  public void discover(ScannedClasses classes) {
    classes.add(GildedInterceptor.class.getName());
  }

  /**
   * Binds the methods of a class.
   *
   * @param type the class
   * @param messages where mistakes are reported
   */
  @Enhancement(types = Object.class, withSubtypes = true)
  public void bind(ClassConfig type, Messages messages) {
    for (MethodConfig method : type.methods()) {
      if (isGoverned(method.info())) {
        if (Modifier.isFinal(method.info().modifiers())
            || Modifier.isStatic(method.info().modifiers())
            || Modifier.isPrivate(method.info().modifiers())) {
          messages.warn(
              "Gild does not govern a final, static or private method of a bean; use the goal weave, or the javaagent",
              method.info());
        } else {
          method.addAnnotation(Gilded.class);
        }
      }
    }
  }

  private static boolean isGoverned(MethodInfo method) {
    return method.annotations().stream().anyMatch(GildExtension::isPolicy);
  }

  private static boolean isPolicy(AnnotationInfo annotation) {
    return annotation.name().startsWith(Agent.class.getPackageName() + ".")
        || annotation.declaration().hasAnnotation(Policy.class);
  }
}
