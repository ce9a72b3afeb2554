package io.gild.weaver;

import io.gild.weaver.spi.JoinPoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Writes the woven class file of a class.
 *
 * <p>The shape of a class does not change, so that a loaded class can be woven and unwoven. Weaving
 * neither loads nor looks up classes of the application. Byte Buddy's ASM reads and writes.
 */
final class ClassWeaver {

  private final Sites sites;

  /**
   * Creates a weaver.
   *
   * @param sites numbers of the methods
   */
  ClassWeaver(Sites sites) {
    this.sites = sites;
  }

  /**
   * Weaves some methods of a class.
   *
   * @param loader the loader of the class, or {@code null} for the JVM's own
   * @param shape the class
   * @param classFile its class file
   * @param keys the methods, as {@link Sites#key keys}, and the constructors
   * @return the woven class file
   */
  byte[] weave(@Nullable ClassLoader loader, ClassShape shape, byte[] classFile, Set<String> keys) {
    Map<String, ClassShape.Method> methods = new HashMap<>();
    for (ClassShape.Method method : shape.methods()) {
      String key = Sites.key(shape.name(), method.name(), method.descriptor());
      if (keys.contains(key)) {
        methods.put(method.name() + method.descriptor(), method);
      }
    }
    ClassReader reader = OpenedClassReader.of(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    String constructors = MadeJoinPoint.key(shape.name());
    Integer made = keys.contains(constructors) ? sites.number(loader, constructors) : null;
    reader.accept(
        new Weaving(writer, loader, shape.name(), methods, made), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** Copies the class; everything that is not woven is copied unchanged. */
  private final class Weaving extends ClassVisitor {

    private final @Nullable ClassLoader loader;
    private final String className;
    private final Map<String, ClassShape.Method> methods;
    private final @Nullable Integer made;
    private WovenMethod.@Nullable ClassHead head;

    Weaving(
        ClassWriter writer,
        @Nullable ClassLoader loader,
        String className,
        Map<String, ClassShape.Method> methods,
        @Nullable Integer made) {
      super(OpenedClassReader.ASM_API, writer);
      this.loader = loader;
      this.className = className;
      this.methods = methods;
      this.made = made;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      super.visit(version, access, name, signature, superName, interfaces);
      head = new WovenMethod.ClassHead(name, version, (access & Opcodes.ACC_INTERFACE) != 0);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (made != null && name.equals(MadeJoinPoint.NAME)) {
        return new MadeObject(code, made);
      }
      ClassShape.Method method = methods.get(name + descriptor);
      return method == null || head == null ? code : woven(code, head, method);
    }

    private MethodVisitor woven(
        MethodVisitor code, WovenMethod.ClassHead head, ClassShape.Method method) {
      String key = Sites.key(className, method.name(), method.descriptor());
      Integer number = sites.number(loader, key);
      if (number == null) {
        throw new IllegalStateException(key + " has no number");
      }
      JoinPoint joinPoint = sites.get(number);
      WovenMethod woven = new WovenMethod(code, head, method, number, joinPoint.wantsHandle());
      if (joinPoint instanceof TakenJoinPoint) {
        return new TakenTask(code, woven);
      }
      return joinPoint instanceof EntryJoinPoint
          ? new CarriedParameters(code, woven)
          : new GovernedBody(code, woven);
    }
  }
}
