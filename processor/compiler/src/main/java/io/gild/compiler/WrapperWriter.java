package io.gild.compiler;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import io.gild.compiler.AgentModel.Method;
import io.gild.config.Keys;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * Writes the class that governs an agent: a subclass, or a decorator of an interface.
 *
 * <p>The factory is a static method of the wrapper, not of one class per package: a file that many
 * types contribute to would break incremental compilation. It is called {@code gilded}, a name that
 * agents hardly use; if an agent has such a method, there is no factory, only {@code new}.
 */
final class WrapperWriter {

  private static final String FACTORY = "gilded";

  /** Annotations of generated sources, newest first; the first one that exists is used. */
  private static final List<String> GENERATED =
      List.of("javax.annotation.processing.Generated", "javax.annotation.Generated");

  private final ProcessingEnvironment environment;
  private final List<AnnotationSpec> marks;

  WrapperWriter(ProcessingEnvironment environment) {
    this.environment = environment;
    this.marks = marks(environment);
  }

  /** Returns the name of the wrapper: the enclosing classes' names, too, joined by underscores. */
  static ClassName nameOf(TypeElement type) {
    ClassName name = ClassName.get(type);
    return ClassName.get(name.packageName(), String.join("_", name.simpleNames()) + "_Gild");
  }

  void write(AgentModel agent) throws IOException {
    TypeElement type = agent.type();
    TypeSpec.Builder wrapper =
        TypeSpec.classBuilder(nameOf(type))
            .addOriginatingElement(type)
            .addJavadoc(
                "Governs {@link $T}: its governed methods pass the pipeline.\n",
                ClassName.get(type))
            .addModifiers(visibility(type))
            .addSuperinterface(Names.GOVERNED);
    wrapper.addAnnotations(marks);
    for (TypeParameterElement parameter : type.getTypeParameters()) {
      wrapper.addTypeVariable(TypeVariableName.get(parameter));
    }
    Map<Method, String> fields = fields(agent);
    fields.forEach((method, field) -> wrapper.addField(field(type, method, field)));
    if (type.getKind().isInterface()) {
      addDecorator(wrapper, agent, fields);
    } else {
      addSubclass(wrapper, agent, fields);
    }
    JavaFile file =
        JavaFile.builder(nameOf(type).packageName(), wrapper.build())
            .skipJavaLangImports(true)
            .build();
    write(nameOf(type), type, file);
  }

  /** Writes the file as a whole, after all of it is generated. */
  private void write(ClassName name, TypeElement type, JavaFile file) throws IOException {
    StringBuilder text = new StringBuilder();
    file.writeTo(text);
    JavaFileObject source = environment.getFiler().createSourceFile(name.reflectionName(), type);
    try (Writer writer = source.openWriter()) {
      writer.append(text);
    }
  }

  private void addSubclass(TypeSpec.Builder wrapper, AgentModel agent, Map<Method, String> fields) {
    TypeElement type = agent.type();
    boolean isAbstract = type.getModifiers().contains(Modifier.ABSTRACT);
    wrapper.superclass(TypeName.get(type.asType()));
    if (isAbstract) {
      wrapper.addModifiers(Modifier.ABSTRACT);
    }
    boolean hasFactory = !isAbstract && hasNoMethod(type, FACTORY);
    for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
      if (!constructor.getModifiers().contains(Modifier.PRIVATE)) {
        wrapper.addMethod(constructor(constructor));
        if (hasFactory) {
          wrapper.addMethod(factory(type, constructor));
        }
      }
    }
    DeclaredType self = (DeclaredType) type.asType();
    fields.forEach((method, field) ->
        wrapper.addMethod(
            new GovernedMethodWriter(method, field, "super").override(self, environment)));
  }

  private void addDecorator(
      TypeSpec.Builder wrapper, AgentModel agent, Map<Method, String> fields) {
    TypeElement type = agent.type();
    DeclaredType self = (DeclaredType) type.asType();
    TypeName delegate = TypeName.get(self);
    wrapper
        .addSuperinterface(delegate)
        .addField(delegate, "delegate", Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(visibility(type))
                .addParameter(delegate, "delegate")
                .addStatement("this.delegate = delegate")
                .build());
    if (hasNoMethod(type, FACTORY)) {
      wrapper.addMethod(decoratorFactory(type, delegate));
    }
    for (ExecutableElement element :
        ElementFilter.methodsIn(environment.getElementUtils().getAllMembers(type))) {
      if (!isDelegated(element)) {
        continue;
      }
      MethodSpec method = GovernedMethodWriter.plain(element, self, environment);
      for (Map.Entry<Method, String> field : fields.entrySet()) {
        if (field.getKey().element().equals(element)) {
          method =
              new GovernedMethodWriter(field.getKey(), field.getValue(), "delegate")
                  .override(self, environment);
        }
      }
      wrapper.addMethod(method);
    }
  }

  /** Returns whether a method is an instance method of an interface or of one that it extends. */
  private static boolean isDelegated(ExecutableElement element) {
    Set<Modifier> modifiers = element.getModifiers();
    return element.getEnclosingElement() instanceof TypeElement owner
        && owner.getKind().isInterface()
        && !modifiers.contains(Modifier.STATIC)
        && !modifiers.contains(Modifier.PRIVATE);
  }

  private MethodSpec constructor(ExecutableElement constructor) {
    MethodSpec.Builder spec =
        MethodSpec.constructorBuilder()
            .addModifiers(constructor.getModifiers())
            .varargs(constructor.isVarArgs());
    copySignature(constructor, spec);
    constructor.getAnnotationMirrors().stream()
        .filter(WrapperWriter::isVisible)
        .forEach(mirror -> spec.addAnnotation(AnnotationSpec.get(mirror)));
    return spec.addStatement("super($L)", parameterNames(constructor)).build();
  }

  private MethodSpec factory(TypeElement type, ExecutableElement constructor) {
    MethodSpec.Builder spec =
        MethodSpec.methodBuilder(FACTORY)
            .addJavadoc("Makes a governed {@link $T}.\n", ClassName.get(type))
            .addModifiers(Modifier.STATIC)
            .returns(TypeName.get(type.asType()))
            .varargs(constructor.isVarArgs());
    constructor.getModifiers().forEach(spec::addModifiers);
    for (TypeParameterElement parameter : type.getTypeParameters()) {
      spec.addTypeVariable(TypeVariableName.get(parameter));
    }
    copySignature(constructor, spec);
    if (Mirror.of(constructor, "java.lang.SafeVarargs").isPresent()) {
      spec.addAnnotation(SafeVarargs.class);
    }
    String diamond = type.getTypeParameters().isEmpty() ? "" : "<>";
    return spec.addStatement(
            "return new $T$L($L)", nameOf(type), diamond, parameterNames(constructor))
        .build();
  }

  private static MethodSpec decoratorFactory(TypeElement type, TypeName delegate) {
    MethodSpec.Builder spec =
        MethodSpec.methodBuilder(FACTORY)
            .addJavadoc("Governs a {@link $T}.\n", ClassName.get(type))
            .addModifiers(visibility(type))
            .addModifiers(Modifier.STATIC)
            .returns(delegate)
            .addParameter(delegate, "delegate");
    for (TypeParameterElement parameter : type.getTypeParameters()) {
      spec.addTypeVariable(TypeVariableName.get(parameter));
    }
    String diamond = type.getTypeParameters().isEmpty() ? "" : "<>";
    return spec.addStatement("return new $T$L(delegate)", nameOf(type), diamond).build();
  }

  private static void copySignature(ExecutableElement constructor, MethodSpec.Builder spec) {
    for (TypeParameterElement parameter : constructor.getTypeParameters()) {
      spec.addTypeVariable(TypeVariableName.get(parameter));
    }
    for (VariableElement parameter : constructor.getParameters()) {
      ParameterSpec.Builder copy =
          ParameterSpec.builder(
              TypeName.get(parameter.asType()), parameter.getSimpleName().toString());
      parameter.getAnnotationMirrors().stream()
          .filter(WrapperWriter::isVisible)
          .forEach(mirror -> copy.addAnnotation(AnnotationSpec.get(mirror)));
      spec.addParameter(copy.build());
    }
    for (TypeMirror thrown : constructor.getThrownTypes()) {
      spec.addException(TypeName.get(thrown));
    }
  }

  private static boolean isVisible(AnnotationMirror mirror) {
    for (Element type = mirror.getAnnotationType().asElement();
        type instanceof TypeElement;
        type = type.getEnclosingElement()) {
      if (type.getModifiers().contains(Modifier.PRIVATE)) {
        return false;
      }
    }
    return true;
  }

  private static String parameterNames(ExecutableElement constructor) {
    StringJoiner names = new StringJoiner(", ");
    constructor.getParameters().forEach(parameter -> names.add(parameter.getSimpleName()));
    return names.toString();
  }

  private boolean hasNoMethod(TypeElement type, String name) {
    return ElementFilter.methodsIn(environment.getElementUtils().getAllMembers(type)).stream()
        .noneMatch(method -> method.getSimpleName().contentEquals(name));
  }

  private static FieldSpec field(TypeElement type, Method method, String field) {
    return FieldSpec.builder(
            Names.WRAPPED_METHOD, field, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(
            "$T.of($T.class,$W$S,$W$S)",
            Names.WRAPPED_METHOD,
            ClassName.get(type),
            method.name(),
            method.descriptor())
        .build();
  }

  /** Names a constant after each method that can be overridden. */
  private static Map<Method, String> fields(AgentModel agent) {
    Map<Method, String> fields = new LinkedHashMap<>();
    List<String> taken = new ArrayList<>();
    for (Method method : agent.methods()) {
      if (ShapeCheck.wrongWith(method.element()) != null) {
        continue;
      }
      String base = Keys.kebab(method.name()).toUpperCase(Locale.ROOT).replace('-', '_');
      String name = base;
      for (int i = 2; taken.contains(name); i++) {
        name = base + "_" + i;
      }
      taken.add(name);
      fields.put(method, name);
    }
    return fields;
  }

  private static Modifier[] visibility(TypeElement type) {
    for (Element each = type; each instanceof TypeElement; each = each.getEnclosingElement()) {
      if (!each.getModifiers().contains(Modifier.PUBLIC)) {
        return new Modifier[0];
      }
    }
    return new Modifier[] {Modifier.PUBLIC};
  }

  private static List<AnnotationSpec> marks(ProcessingEnvironment environment) {
    List<AnnotationSpec> marks = new ArrayList<>();
    Elements elements = environment.getElementUtils();
    GENERATED.stream()
        .filter(name -> elements.getTypeElement(name) != null)
        .limit(1)
        .forEach(name ->
            marks.add(
                AnnotationSpec.builder(ClassName.bestGuess(name))
                    .addMember("value", "$S", GildProcessor.class.getName())
                    .build()));
    marks.add(quiet());
    return marks;
  }

  /** Silences warnings about the agent's own signatures; javac reports them in the agent. */
  private static AnnotationSpec quiet() {
    String lints =
        "{\"deprecation\", \"rawtypes\", \"removal\", \"serial\", \"unchecked\", \"varargs\"}";
    return AnnotationSpec.builder(SuppressWarnings.class).addMember("value", "$L", lints).build();
  }
}
