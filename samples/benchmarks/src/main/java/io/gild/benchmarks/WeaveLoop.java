package io.gild.benchmarks;

import io.gild.golden.DeclaredAgent;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;

/** Does what the Maven goal {@code weave} does, without Maven: a child of {@link BuildJvm}. */
public final class WeaveLoop {

  private WeaveLoop() {}

  /** Takes the folder of the class files. */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    Path classes = Path.of(args[0]);
    Class<?> weaving = Class.forName("io.gild.maven.Weaving");
    Constructor<?> constructor = weaving.getDeclaredConstructor(Path.class);
    Method weave = weaving.getDeclaredMethod("weave", List.class);
    constructor.setAccessible(true);
    weave.setAccessible(true);
    CompileLoop.answer(() -> weave(constructor, weave, classes));
  }

  private static boolean weave(Constructor<?> constructor, Method weave, Path classes) {
    try {
      List<DeclaredAgent> agents = DeclaredAgent.readAll(classes);
      return !((List<?>) weave.invoke(constructor.newInstance(classes), agents)).isEmpty();
    } catch (ReflectiveOperationException e) {
      e.printStackTrace();
      return false;
    }
  }
}
