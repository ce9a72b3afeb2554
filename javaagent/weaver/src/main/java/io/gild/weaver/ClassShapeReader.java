package io.gild.weaver;

import io.gild.config.Keys;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyType;
import io.gild.core.Effect;
import io.gild.core.MethodSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Reads a class file into a {@link ClassShape}, with the written attributes of annotations. */
final class ClassShapeReader extends ClassVisitor {

  private static final String ANNOTATIONS = "Lio/gild/annotations/";

  private String name = "";
  private List<String> supertypes = List.of();
  private ClassShape.AgentName agent = new ClassShape.AgentName("", "");
  private final List<ClassShape.Method> methods = new ArrayList<>();

  private ClassShapeReader() {
    super(OpenedClassReader.ASM_API);
  }

  static ClassShape read(byte[] classFile) {
    ClassShapeReader reader = new ClassShapeReader();
    OpenedClassReader.of(classFile).accept(reader, ClassReader.SKIP_FRAMES);
    return new ClassShape(reader.name, reader.supertypes, reader.agent, reader.methods);
  }

  @Override
  public void visit(
      int version,
      int access,
      String internalName,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] implemented) {
    name = internalName.replace('/', '.');
    List<String> named = new ArrayList<>();
    if (superName != null) {
      named.add(superName);
    }
    if (implemented != null) {
      named.addAll(List.of(implemented));
    }
    supertypes = named;
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    if (!descriptor.equals(ANNOTATIONS + "Agent;")) {
      return null;
    }
    return new Values(values ->
        agent =
            new ClassShape.AgentName(
                String.valueOf(values.getOrDefault("name", "")),
                String.valueOf(values.getOrDefault("version", ""))));
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String methodName,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    boolean generated = (access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE)) != 0;
    return generated || methodName.charAt(0) == '<'
        ? null
        : new MethodReader(access, methodName, descriptor);
  }

  private final class MethodReader extends MethodVisitor {

    private final int access;
    private final String methodName;
    private final String descriptor;
    private final Type[] types;
    private final @Nullable String[] names;
    private final MethodSpec.Role[] roles;
    private final Map<String, Object> declared = new LinkedHashMap<>();
    private Effect effect = Effect.NONE;
    private boolean annotated;
    private boolean woven;
    private boolean named;
    private int parameter;
    private int locals;

    MethodReader(int access, String methodName, String descriptor) {
      super(OpenedClassReader.ASM_API);
      this.access = access;
      this.methodName = methodName;
      this.descriptor = descriptor;
      this.types = Type.getArgumentTypes(descriptor);
      this.names = new String[types.length];
      this.roles = new MethodSpec.Role[types.length];
      Arrays.fill(roles, MethodSpec.Role.NONE);
    }

    @Override
    public void visitParameter(@Nullable String parameterName, int parameterAccess) {
      if (parameter < names.length && parameterName != null) {
        names[parameter] = parameterName;
        named = true;
      }
      parameter++;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
      String simple = ownSimpleName(annotation);
      annotated |= !simple.isEmpty();
      woven |= simple.equals("Woven");
      if (simple.equals("Idempotent")) {
        effect = Effect.IDEMPOTENT;
      } else if (simple.equals("SideEffect") && effect == Effect.NONE) {
        effect = Effect.SIDE_EFFECT;
      }
      return values(annotation);
    }

    /** Reads the values of an annotation that declares a policy. */
    private @Nullable AnnotationVisitor values(String annotation) {
      PolicyType<?> type =
          PolicyType.declaredBy(Type.getType(annotation).getClassName()).orElse(null);
      return type == null ? null : new Values(values -> declared.put(type.key(), values));
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int index, String annotation, boolean visible) {
      annotated |= PolicyType.declaredBy(Type.getType(annotation).getClassName()).isPresent();
      for (MethodSpec.Role role : MethodSpec.Role.values()) {
        if (role.name().equals(ownSimpleName(annotation).toUpperCase(Locale.ROOT))) {
          roles[index] = role;
        }
      }
      return values(annotation);
    }

    @Override
    public void visitLocalVariable(
        String variable,
        String type,
        @Nullable String signature,
        Label start,
        Label end,
        int slot) {
      if (named) {
        return;
      }
      int next = (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
      for (int i = 0; i < types.length; i++) {
        if (next == slot && names[i] == null) {
          names[i] = variable;
        }
        next += types[i].getSize();
      }
    }

    @Override
    public void visitMaxs(int deepest, int variables) {
      locals = variables;
    }

    @Override
    public void visitEnd() {
      if (woven) {
        return;
      }
      markPrompt();
      List<MethodSpec.Parameter> parameters = new ArrayList<>(types.length);
      for (int i = 0; i < types.length; i++) {
        String known = names[i];
        parameters.add(
            new MethodSpec.Parameter(
                known == null ? "arg" + i : known, types[i].getClassName(), roles[i]));
      }
      methods.add(
          new ClassShape.Method(
              methodName,
              descriptor,
              access,
              locals,
              annotated,
              effect,
              declared.isEmpty() ? PolicyTree.empty() : PolicyTree.of(declared),
              parameters));
    }

    /** Uses the first text as the prompt if no parameter is marked as prompt. */
    private void markPrompt() {
      if (Arrays.asList(roles).contains(MethodSpec.Role.PROMPT)) {
        return;
      }
      for (int i = 0; i < types.length; i++) {
        if (roles[i] == MethodSpec.Role.NONE
            && types[i].getClassName().equals("java.lang.String")) {
          roles[i] = MethodSpec.Role.PROMPT;
          return;
        }
      }
    }
  }

  private static String ownSimpleName(String descriptor) {
    return descriptor.startsWith(ANNOTATIONS)
        ? descriptor.substring(ANNOTATIONS.length(), descriptor.length() - 1)
        : "";
  }

  /** Collects the attributes that are written, by their kebab-case names. */
  private static final class Values extends AnnotationVisitor {

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Consumer<Map<String, Object>> receiver;

    Values(Consumer<Map<String, Object>> receiver) {
      super(OpenedClassReader.ASM_API);
      this.receiver = receiver;
    }

    @Override
    public void visit(String attribute, Object value) {
      values.put(Keys.kebab(attribute), plain(value));
    }

    @Override
    public void visitEnum(String attribute, String type, String constant) {
      values.put(Keys.kebab(attribute), Keys.kebabOfConstant(constant));
    }

    @Override
    public AnnotationVisitor visitArray(String attribute) {
      List<Object> items = new ArrayList<>();
      values.put(Keys.kebab(attribute), items);
      return new AnnotationVisitor(OpenedClassReader.ASM_API) {
        @Override
        public void visit(@Nullable String none, Object value) {
          items.add(plain(value));
        }

        @Override
        public void visitEnum(@Nullable String none, String type, String constant) {
          items.add(Keys.kebabOfConstant(constant));
        }
      };
    }

    @Override
    public void visitEnd() {
      receiver.accept(values);
    }

    private static Object plain(Object value) {
      return value instanceof Type type ? type.getClassName() : value;
    }
  }
}
