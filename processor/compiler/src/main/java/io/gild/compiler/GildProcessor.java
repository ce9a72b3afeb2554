package io.gild.compiler;

import com.google.auto.common.SuperficialValidation;
import io.gild.config.Keys;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Checks annotated agents and writes a wrapper and a registry file for each.
 *
 * <p>Options: {@code -Agild.config=gild.yaml} names the settings whose tiers and budgets exist;
 * {@code -Agild.weaving=true} says that what cannot be overridden is governed in place, and {@code
 * only} that classes are, so that they need no wrapper; {@code -Agild.resources=folder} names one
 * more folder of golden files.
 */
@SupportedAnnotationTypes("io.gild.annotations.*")
@SupportedOptions({GildProcessor.CONFIG, GildProcessor.WEAVING, GildProcessor.RESOURCES})
public final class GildProcessor extends AbstractProcessor {

  static final String CONFIG = "gild.config";
  static final String WEAVING = "gild.weaving";
  static final String RESOURCES = "gild.resources";

  private final Set<String> deferred = new LinkedHashSet<>();
  private @Nullable Pipeline pipeline;

  /** Creates a processor; compilers do. */
  public GildProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    try {
      pipeline = new Pipeline(environment);
    } catch (RuntimeException | LinkageError e) {
      new Diagnostics(environment.getMessager()).anywhere(Message.INTERNAL, "start", trace(e));
    }
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (pipeline != null && !round.processingOver()) {
      for (TypeElement type : types(annotations, round)) {
        process(type, pipeline);
      }
    }
    return false;
  }

  /** Handles one type, or remembers it for the next round if other processors must come first. */
  private void process(TypeElement type, Pipeline pipeline) {
    try {
      if (SuperficialValidation.validateElement(type)) {
        pipeline.run(type);
      } else {
        deferred.add(type.getQualifiedName().toString());
      }
    } catch (RuntimeException | LinkageError e) {
      pipeline.diagnostics.onElement(Message.INTERNAL, type, type.getSimpleName(), trace(e));
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
    TypeElement[] all = annotations.toArray(TypeElement[]::new);
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

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** What is governed in place, by its own class file, and not by a wrapper. */
  private enum InPlace {
    FALSE,
    TRUE,
    ONLY
  }

  /** Reads, checks, then writes. */
  private static final class Pipeline {

    private final Diagnostics diagnostics;
    private final AgentReader reader;
    private final List<Check> checks;
    private final ProcessingEnvironment environment;
    private final RegistryWriter registry;
    private final InPlace inPlace;
    private @Nullable WrapperWriter wrappers;

    Pipeline(ProcessingEnvironment environment) {
      this.environment = environment;
      Map<String, String> options = environment.getOptions();
      Elements elements = environment.getElementUtils();
      Descriptors descriptors = new Descriptors(environment);
      diagnostics = new Diagnostics(environment.getMessager());
      reader = new AgentReader(environment, descriptors);
      registry = new RegistryWriter(environment, descriptors);
      inPlace = inPlace(options, diagnostics);
      checks =
          List.of(
              new AgentCheck(),
              new ShapeCheck(inPlace != InPlace.FALSE),
              new ModulesCheck(elements),
              new PolicyValuesCheck(elements),
              new NamesCheck(settings(options, diagnostics)),
              new CachedCheck(environment),
              new EffectCheck(),
              new FallbackCheck(environment),
              new RolesCheck(),
              new GoldenCheck(
                  new GoldenTypes(environment),
                  new GoldenResources(environment.getFiler(), options.get(RESOURCES)),
                  elements));
    }

    void run(TypeElement type) {
      AgentModel agent = reader.read(type);
      int before = diagnostics.errors();
      checks.forEach(check -> check.check(agent, diagnostics));
      if (diagnostics.errors() > before || agent.methods().isEmpty()) {
        return;
      }
      try {
        boolean wrapped =
            ShapeCheck.wrongWith(type) == null
                && (inPlace != InPlace.ONLY || type.getKind().isInterface());
        if (wrapped) {
          writeWrapper(agent);
        }
        registry.write(agent, wrapped ? WrapperWriter.nameOf(type).reflectionName() : null);
      } catch (IOException e) {
        diagnostics.onElement(Message.CANNOT_WRITE, type, type.getSimpleName(), e);
      }
    }

    private void writeWrapper(AgentModel agent) throws IOException {
      if (wrappers == null) {
        wrappers = new WrapperWriter(environment);
      }
      wrappers.write(agent);
    }

    private static InPlace inPlace(Map<String, String> options, Diagnostics diagnostics) {
      String value = options.getOrDefault(WEAVING, "false");
      for (InPlace each : InPlace.values()) {
        if (Keys.kebab(each).equals(value)) {
          return each;
        }
      }
      diagnostics.anywhere(Message.WEAVING_BAD_VALUE, value);
      return InPlace.FALSE;
    }

    private static Settings settings(Map<String, String> options, Diagnostics diagnostics) {
      String file = options.get(CONFIG);
      if (file == null) {
        return Settings.defaults();
      }
      try {
        return Settings.builder().file(Path.of(file)).build();
      } catch (SettingsException e) {
        e.problems().forEach(problem -> diagnostics.anywhere(Message.SETTINGS_BROKEN, problem));
        return Settings.defaults();
      }
    }
  }
}
