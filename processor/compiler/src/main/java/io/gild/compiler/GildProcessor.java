package io.gild.compiler;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * Checks annotated agents and writes a wrapper and a registry file for each.
 *
 * <p>Options: {@code -Agild.config=gild.yaml} names the settings whose tiers and budgets exist;
 * with {@code -Agild.weaving=true}, code that cannot be overridden is governed in place, and with
 * {@code only} all classes are, so that they need no wrapper; {@code -Agild.resources=folder} names
 * one more folder of golden files.
 */
@SupportedAnnotationTypes("*") // processors do not see annotations of local classes
@SupportedOptions({ProcessorOptions.CONFIG, ProcessorOptions.WEAVING, ProcessorOptions.RESOURCES})
public final class GildProcessor extends AbstractProcessor {

  private final Set<String> deferred = new LinkedHashSet<>();
  private @Nullable AgentHandler handler;
  private @Nullable Trees trees;
  private @Nullable LocalClasses locals;

  /** Creates a processor; compilers call it. */
  public GildProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    try {
      handler = GildPlugin.isAtWork(environment) ? null : new AgentHandler(environment, true);
      trees = trees(environment);
      locals = trees == null ? null : new LocalClasses(trees, environment.getElementUtils());
    } catch (RuntimeException | LinkageError e) {
      AgentHandler.failed(environment.getMessager(), "start", e);
    }
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (handler != null && round.processingOver()) {
      handler.finish();
    } else if (handler != null) {
      Collection<TypeElement> types = types(annotations, round);
      for (TypeElement type : types) {
        if (!handler.handle(type)) {
          // Other processors must run first: the next round may resolve more.
          deferred.add(type.getQualifiedName().toString());
        }
      }
      handleOthers(round, types, handler);
    }
    return false;
  }

  private void handleOthers(
      RoundEnvironment round, Collection<TypeElement> agents, AgentHandler handler) {
    for (Element root : round.getRootElements()) {
      TreePath path = trees == null ? null : trees.getPath(root);
      if (path != null && locals != null) {
        locals.check(path.getCompilationUnit());
      }
      if (root instanceof TypeElement type) {
        handleOthers(type, agents, handler);
      }
    }
  }

  private static void handleOthers(
      TypeElement type, Collection<TypeElement> agents, AgentHandler handler) {
    if (!agents.contains(type)) {
      handler.handleOthers(type);
    }
    for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
      handleOthers(nested, agents, handler);
    }
  }

  /** Returns the trees of the sources; compilers other than javac have none. */
  private static @Nullable Trees trees(ProcessingEnvironment environment) {
    try {
      return Trees.instance(environment);
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  private Collection<TypeElement> types(
      Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Set<TypeElement> types = new LinkedHashSet<>();
    for (String name : List.copyOf(deferred)) {
      TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
      if (type != null) {
        types.add(type);
      }
    }
    deferred.clear();
    TypeElement[] all =
        annotations.stream().filter(PolicyAnnotation::governs).toArray(TypeElement[]::new);
    for (Element element : round.getElementsAnnotatedWithAny(all)) {
      TypeElement type = typeOf(element);
      if (type != null) {
        types.add(type);
      }
    }
    return types;
  }

  private static @Nullable TypeElement typeOf(Element element) {
    Element each = element;
    while (each != null && !(each instanceof TypeElement)) {
      each = each.getEnclosingElement();
    }
    return (TypeElement) each;
  }
}
