package io.gild.maven;

import static org.objectweb.asm.Opcodes.*;

import io.gild.golden.DeclaredAgent.DeclaredMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes the code of a generated wrapper as instructions of the class itself.
 *
 * <p>The governed method is a dynamic constant, so that the class needs no more fields and its
 * initializer stays unchanged.
 */
final class GovernedCode {

  private static final String METHOD = "io/gild/core/WrappedMethod";
  private static final String CALL = "io/gild/core/AgentCall";
  private static final String GOVERNED = "io/gild/core/Governed";
  private static final String BODY = "Lio/gild/core/Body;";
  private static final String RUN = "([Ljava/lang/Object;)Ljava/lang/Object;";
  private static final String OBJECTS = "[Ljava/lang/Object;";

  private final String owner;
  private final String name;
  private final MethodNode body;
  private final String runnerName;
  private final Set<Integer> filled;
  private final Set<Integer> memories;
  private final boolean always;
  private final boolean isStatic;
  private final Type[] parameters;
  private final Type result;

  /**
   * @param owner internal name of the class
   * @param name name of the woven method
   * @param body the method that contains its code now
   * @param runnerName name that no other method of the class has
   * @param governed which parameters policies fill
   * @param always whether no wrapper can have governed the call already
   */
  GovernedCode(
      String owner,
      String name,
      MethodNode body,
      String runnerName,
      DeclaredMethod governed,
      boolean always) {
    this.owner = owner;
    this.name = name;
    this.body = body;
    this.runnerName = runnerName;
    this.filled = governed.filled();
    this.memories = governed.memories();
    this.always = always;
    this.isStatic = (body.access & ACC_STATIC) != 0;
    this.parameters = Type.getArgumentTypes(body.desc);
    this.result = Type.getReturnType(body.desc);
  }

  void writeTo(MethodVisitor code) {
    Label plainly = new Label();
    Label governed = new Label();
    Label attached = new Label();
    code.visitCode();
    if (!always) {
      code.visitVarInsn(ALOAD, 0);
      code.visitTypeInsn(INSTANCEOF, GOVERNED);
      code.visitJumpInsn(IFNE, plainly);
    }
    ask(code, "idle");
    code.visitJumpInsn(IFEQ, governed);
    if (!always) {
      code.visitLabel(plainly);
      frame(code, false);
    }
    runBody(code, -1);
    code.visitInsn(result.getOpcode(IRETURN));

    code.visitLabel(governed);
    frame(code, false);
    ask(code, "detached");
    code.visitJumpInsn(IFEQ, attached);
    callDetached(code);

    code.visitLabel(attached);
    frame(code, false);
    drive(code);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /** Returns the static method behind the body that is handed over. */
  MethodNode runner() {
    MethodNode runner =
        new MethodNode(
            ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC,
            runnerName,
            runnerDescriptor(),
            null,
            new String[] {"java/lang/Throwable"});
    runner.visitCode();
    if (!isStatic) {
      runner.visitVarInsn(ALOAD, 0);
    }
    for (int i = 0; i < parameters.length; i++) {
      runner.visitVarInsn(ALOAD, isStatic ? 0 : 1);
      runner.visitIntInsn(SIPUSH, i);
      runner.visitInsn(AALOAD);
      Boxes.unbox(runner, parameters[i]);
      fillIfAbsent(runner, i);
    }
    invokeBody(runner);
    Boxes.box(runner, result);
    runner.visitInsn(ARETURN);
    runner.visitMaxs(0, 0);
    runner.visitEnd();
    return runner;
  }

  private String runnerDescriptor() {
    return isStatic ? RUN : "(L" + owner + ";" + RUN.substring(1);
  }

  private void callDetached(MethodVisitor code) {
    constant(code);
    self(code);
    String captured = isStatic ? "" : "L" + owner + ";";
    if (!isStatic) {
      code.visitVarInsn(ALOAD, 0);
    }
    code.visitInvokeDynamicInsn(
        "run",
        "(" + captured + ")" + BODY,
        new Handle(
            H_INVOKESTATIC,
            "java/lang/invoke/LambdaMetafactory",
            "metafactory",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
                + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodType;"
                + "Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)"
                + "Ljava/lang/invoke/CallSite;",
            false),
        Type.getMethodType(RUN),
        new Handle(H_INVOKESTATIC, owner, runnerName, runnerDescriptor(), false),
        Type.getMethodType(RUN));
    arguments(code);
    code.visitMethodInsn(
        INVOKEVIRTUAL,
        METHOD,
        "call",
        "(Ljava/lang/Object;" + BODY + OBJECTS + ")Ljava/lang/Object;",
        false);
    returnUnboxed(code);
  }

  private void drive(MethodVisitor code) {
    Label loop = new Label();
    Label from = new Label();
    Label to = new Label();
    Label failed = new Label();
    Label over = new Label();
    int call = callSlot();
    code.visitTryCatchBlock(from, to, failed, "java/lang/Throwable");
    constant(code);
    self(code);
    arguments(code);
    code.visitMethodInsn(
        INVOKEVIRTUAL, METHOD, "begin", "(Ljava/lang/Object;" + OBJECTS + ")L" + CALL + ";", false);
    code.visitVarInsn(ASTORE, call);

    code.visitLabel(loop);
    frame(code, true);
    code.visitVarInsn(ALOAD, call);
    code.visitMethodInsn(INVOKEVIRTUAL, CALL, "proceed", "()Z", false);
    code.visitJumpInsn(IFEQ, over);
    code.visitLabel(from);
    code.visitVarInsn(ALOAD, call);
    runBody(code, call);
    Boxes.box(code, result);
    code.visitMethodInsn(INVOKEVIRTUAL, CALL, "returned", "(Ljava/lang/Object;)V", false);
    code.visitLabel(to);
    code.visitJumpInsn(GOTO, loop);

    code.visitLabel(failed);
    frame(code, true, "java/lang/Throwable");
    code.visitVarInsn(ASTORE, call + 1);
    code.visitVarInsn(ALOAD, call);
    code.visitVarInsn(ALOAD, call + 1);
    code.visitMethodInsn(INVOKEVIRTUAL, CALL, "threw", "(Ljava/lang/Throwable;)V", false);
    code.visitJumpInsn(GOTO, loop);

    code.visitLabel(over);
    frame(code, true);
    code.visitVarInsn(ALOAD, call);
    code.visitMethodInsn(INVOKEVIRTUAL, CALL, "result", "()Ljava/lang/Object;", false);
    returnUnboxed(code);
  }

  private void returnUnboxed(MethodVisitor code) {
    if (result.getSort() == Type.VOID) {
      code.visitInsn(POP);
    } else {
      Boxes.unbox(code, result);
    }
    code.visitInsn(result.getOpcode(IRETURN));
  }

  private void ask(MethodVisitor code, String question) {
    constant(code);
    code.visitMethodInsn(INVOKEVIRTUAL, METHOD, question, "()Z", false);
  }

  private void constant(MethodVisitor code) {
    String of = "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/String;)L" + METHOD + ";";
    code.visitLdcInsn(
        new ConstantDynamic(
            name,
            "L" + METHOD + ";",
            new Handle(
                H_INVOKESTATIC,
                "java/lang/invoke/ConstantBootstraps",
                "invoke",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
                    + "Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)Ljava/lang/Object;",
                false),
            new Handle(H_INVOKESTATIC, METHOD, "of", of, false),
            Type.getObjectType(owner),
            name,
            body.desc));
  }

  private void self(MethodVisitor code) {
    if (isStatic) {
      code.visitInsn(ACONST_NULL);
    } else {
      code.visitVarInsn(ALOAD, 0);
    }
  }

  private void arguments(MethodVisitor code) {
    code.visitIntInsn(SIPUSH, parameters.length);
    code.visitTypeInsn(ANEWARRAY, "java/lang/Object");
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < parameters.length; i++) {
      code.visitInsn(DUP);
      code.visitIntInsn(SIPUSH, i);
      code.visitVarInsn(parameters[i].getOpcode(ILOAD), slot);
      Boxes.box(code, parameters[i]);
      code.visitInsn(AASTORE);
      slot += parameters[i].getSize();
    }
  }

  /** Runs the body with the caller's arguments, except those that policies fill. */
  private void runBody(MethodVisitor code, int call) {
    if (!isStatic) {
      code.visitVarInsn(ALOAD, 0);
    }
    int slot = isStatic ? 0 : 1;
    for (int i = 0; i < parameters.length; i++) {
      if (call >= 0 && filled.contains(i)) {
        code.visitVarInsn(ALOAD, call);
        code.visitIntInsn(SIPUSH, i);
        code.visitMethodInsn(INVOKEVIRTUAL, CALL, "argument", "(I)Ljava/lang/Object;", false);
        Boxes.unbox(code, parameters[i]);
      } else {
        code.visitVarInsn(parameters[i].getOpcode(ILOAD), slot);
      }
      fillIfAbsent(code, i);
      slot += parameters[i].getSize();
    }
    invokeBody(code);
  }

  /** A parameter that receives memories is empty if the caller left it out. */
  private void fillIfAbsent(MethodVisitor code, int parameter) {
    if (!memories.contains(parameter)) {
      return;
    }
    if (parameters[parameter].getClassName().equals("java.lang.String")) {
      code.visitLdcInsn("");
    } else {
      code.visitMethodInsn(INVOKESTATIC, "java/util/List", "of", "()Ljava/util/List;", true);
    }
    code.visitMethodInsn(
        INVOKESTATIC,
        "java/util/Objects",
        "requireNonNullElse",
        "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;",
        false);
    code.visitTypeInsn(CHECKCAST, parameters[parameter].getInternalName());
  }

  private void invokeBody(MethodVisitor code) {
    code.visitMethodInsn(
        isStatic ? INVOKESTATIC : INVOKESPECIAL, owner, body.name, body.desc, false);
  }

  private int callSlot() {
    int slot = isStatic ? 0 : 1;
    for (Type parameter : parameters) {
      slot += parameter.getSize();
    }
    return slot;
  }

  private void frame(MethodVisitor code, boolean withCall, Object... stack) {
    List<Object> locals = new ArrayList<>();
    if (!isStatic) {
      locals.add(owner);
    }
    for (Type parameter : parameters) {
      locals.add(Boxes.frameType(parameter));
    }
    if (withCall) {
      locals.add(CALL);
    }
    code.visitFrame(F_FULL, locals.size(), locals.toArray(), stack.length, stack);
  }
}
