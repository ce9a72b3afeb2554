package io.gild.weaver;

import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.assign.TypeCasting;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.implementation.bytecode.constant.NullConstant;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Weaves {@link GovernAdvice} into methods; the one class through which Byte Buddy is used.
 *
 * <p>The shape of a class stays as it is, so that a loaded class can be woven and unwoven. No class
 * of the application is loaded, or even looked for, on the way.
 */
final class ClassWeaver {

  private final Sites sites;
  private final Advice governing;
  private final Advice carrying;

  /**
   * Starts Byte Buddy.
   *
   * @param sites numbers of the methods
   * @throws ReflectiveOperationException if the bridge is not there
   */
  ClassWeaver(Sites sites) throws ReflectiveOperationException {
    this.sites = sites;
    this.governing = advice(GovernAdvice.class);
    this.carrying = advice(CarryAdvice.class);
  }

  private Advice advice(Class<?> code) throws ReflectiveOperationException {
    MethodDescription.InDefinedShape fault =
        new MethodDescription.ForLoadedMethod(GildBridge.class.getMethod("fault", Throwable.class))
            .asDefined();
    return Advice.withCustomMapping()
        .bind(new Numbers())
        .bind(new Handles())
        .to(
            TypeDescription.ForLoadedType.of(code),
            ClassFileLocator.ForClassLoader.of(ClassWeaver.class.getClassLoader()))
        .withAssigner(new NameOnlyAssigner())
        .withExceptionHandler(new Advice.ExceptionHandler.Simple(MethodInvocation.invoke(fault)));
  }

  /**
   * Weaves some methods of a class.
   *
   * @param className binary name of the class
   * @param classFile the class file
   * @param loader the class's loader
   * @param methods the methods, as {@link Sites#key keys}
   * @return the woven class file
   */
  byte[] weave(
      String className, byte[] classFile, @Nullable ClassLoader loader, Set<String> methods) {
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(className, classFile),
            ClassFileLocator.ForClassLoader.of(loader));
    // Lazily, since a signature may name what the application does without.
    TypePool pool = TypePool.Default.WithLazyResolution.of(locator);
    TypeDescription type = pool.describe(className).resolve();
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
        .with(Implementation.Context.Disabled.Factory.INSTANCE)
        .decorate(type, locator)
        .visit(governing.on(method -> isMet(methods, key(type, method), false)))
        .visit(carrying.on(method -> isMet(methods, key(type, method), true)))
        .make(TypeResolutionStrategy.Disabled.INSTANCE)
        .getBytes();
  }

  private boolean isMet(Set<String> methods, String key, boolean carries) {
    return methods.contains(key) && sites.get(key) instanceof CarryJoinPoint == carries;
  }

  private static String key(TypeDescription type, MethodDescription method) {
    return Sites.key(type.getName(), method.getInternalName(), method.getDescriptor());
  }

  private final class Numbers implements Advice.OffsetMapping.Factory<SiteNumber> {

    @Override
    public Class<SiteNumber> getAnnotationType() {
      return SiteNumber.class;
    }

    @Override
    public Advice.OffsetMapping make(
        ParameterDescription.InDefinedShape target,
        AnnotationDescription.Loadable<SiteNumber> annotation,
        AdviceType adviceType) {
      return (type, method, assigner, arguments, sort) -> {
        Integer number = sites.number(key(type, method));
        if (number == null) {
          throw new IllegalStateException(key(type, method) + " has no number");
        }
        return new Advice.OffsetMapping.Target.ForStackManipulation(
            IntegerConstant.forValue(number));
      };
    }
  }

  private final class Handles implements Advice.OffsetMapping.Factory<OwnHandle> {

    @Override
    public Class<OwnHandle> getAnnotationType() {
      return OwnHandle.class;
    }

    @Override
    public Advice.OffsetMapping make(
        ParameterDescription.InDefinedShape target,
        AnnotationDescription.Loadable<OwnHandle> annotation,
        AdviceType adviceType) {
      return (type, method, assigner, arguments, sort) -> {
        ClassFileVersion version = type.getClassFileVersion();
        JoinPoint joinPoint = sites.get(key(type, method));
        return version != null
                && version.isAtLeast(ClassFileVersion.JAVA_V7)
                && joinPoint != null
                && joinPoint.wantsHandle()
            ? Advice.OffsetMapping.ForSelfCallHandle.UNBOUND.resolve(
                type, method, assigner, arguments, sort)
            : new Advice.OffsetMapping.Target.ForStackManipulation(NullConstant.INSTANCE);
      };
    }
  }

  /** Casts between reference types without asking how they are related. */
  private static final class NameOnlyAssigner implements Assigner {

    @Override
    public StackManipulation assign(
        TypeDescription.Generic source, TypeDescription.Generic target, Typing typing) {
      if (source.isPrimitive() || target.isPrimitive()) {
        return Assigner.DEFAULT.assign(source, target, typing);
      }
      boolean upwards =
          target.represents(Object.class) || source.asErasure().equals(target.asErasure());
      return upwards ? StackManipulation.Trivial.INSTANCE : TypeCasting.to(target);
    }
  }
}
