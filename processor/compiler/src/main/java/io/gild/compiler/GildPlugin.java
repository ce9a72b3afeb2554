package io.gild.compiler;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.WeakHashMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * Does in javac what {@link GildProcessor} does with {@code -Agild.weaving=only}, without the
 * rounds of annotation processing, each of which makes javac enter all sources again.
 *
 * <p>{@code -Xplugin:Gild classes=folder} names the folder of class files, which javac does not
 * pass to plugins; {@code config=gild.yaml} and {@code resources=folder} mean the same as the
 * processor's options of these names. If both are configured, the processor leaves the work to the
 * plugin.
 */
public final class GildPlugin implements Plugin {

  /** The compilations that a plugin handles. */
  private static final Set<JavacTask> AT_WORK =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Creates a plugin; javac calls it. */
  public GildPlugin() {}

  @Override
  public String getName() {
    return "Gild";
  }

  @Override
  public void init(JavacTask task, String... args) {
    AT_WORK.add(task);
    task.addTaskListener(new Listener(task, PluginArguments.parse(args)));
  }

  /** Returns whether this compilation has a plugin; compilers other than javac have none. */
  static boolean isAtWork(ProcessingEnvironment environment) {
    try {
      return AT_WORK.contains(JavacTask.instance(environment));
    } catch (IllegalArgumentException | LinkageError e) {
      return false;
    }
  }

  /** Handles each class just before javac does; all classes are entered by then. */
  private static final class Listener implements TaskListener {

    private final PluginEnvironment environment;
    private final PluginArguments arguments;
    private final LocalClasses locals;
    private final Set<String> seen = new HashSet<>();
    private @Nullable AgentHandler handler;
    private boolean started;

    Listener(JavacTask task, PluginArguments arguments) {
      this.arguments = arguments;
      this.environment = new PluginEnvironment(task, arguments);
      this.locals = new LocalClasses(Trees.instance(task), task.getElements());
    }

    @Override
    public void started(TaskEvent event) {
      TypeElement type = event.getTypeElement();
      if (event.getKind() != TaskEvent.Kind.ANALYZE || type == null) {
        return;
      }
      environment.getMessager().at(event.getCompilationUnit());
      try {
        if (!started) {
          started = true;
          start();
        }
        if (handler != null) {
          locals.check(event.getCompilationUnit());
          handle(type, handler);
        }
      } catch (RuntimeException | LinkageError e) {
        AgentHandler.failed(environment.getMessager(), type.getQualifiedName().toString(), e);
      }
    }

    /** The compilation is over; javac of JDK 17 reports that, too. */
    @Override
    public void finished(TaskEvent event) {
      if (event.getKind() == TaskEvent.Kind.COMPILATION && handler != null) {
        handler.finish();
      }
    }

    private void start() {
      if (!arguments.tellProblems(environment.getMessager())) {
        handler = new AgentHandler(environment, false);
      }
    }

    private void handle(TypeElement type, AgentHandler handler) {
      if (!seen.add(type.getQualifiedName().toString())) {
        return;
      }
      if (isAnnotated(type)) {
        handler.handle(type); // javac itself reports a type that it cannot resolve
      } else {
        handler.handleOthers(type);
      }
      ElementFilter.typesIn(type.getEnclosedElements()).forEach(each -> handle(each, handler));
    }

    private static boolean isAnnotated(TypeElement type) {
      return Inheritance.isAnnotated(type)
          || ElementFilter.methodsIn(type.getEnclosedElements()).stream()
              .anyMatch(method ->
                  Inheritance.isAnnotated(method)
                      || method.getParameters().stream().anyMatch(Inheritance::isAnnotated));
    }
  }
}
