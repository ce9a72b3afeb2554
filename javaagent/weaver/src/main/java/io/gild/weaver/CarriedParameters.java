package io.gild.weaver;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Copies a method that takes tasks, and first replaces the tasks by tasks that carry their call.
 * Outside of a governed call, the only cost is the check for one.
 */
final class CarriedParameters extends MethodVisitor {

  private static final String CARRY = "(ILjava/lang/Object;[Ljava/lang/Object;)[Ljava/lang/Object;";

  private final WovenMethod method;

  /**
   * Creates a copier.
   *
   * @param code receives the woven method
   * @param method the method, as seen through {@code code}
   */
  CarriedParameters(MethodVisitor code, WovenMethod method) {
    super(OpenedClassReader.ASM_API, code);
    this.method = method;
  }

  @Override
  public void visitCode() {
    Label start = new Label();
    Label exchanged = new Label();
    Label fault = new Label();
    Label body = new Label();
    mv.visitCode();
    WovenMethod.Variable engine = method.add(Type.getObjectType(WovenMethod.ENGINE));
    method.clear(engine);
    mv.visitLabel(start);
    method.loadEngine();
    method.store(engine);
    method.load(engine);
    mv.visitJumpInsn(Opcodes.IFNULL, body);
    method.load(engine);
    method.ask("inCall", "()Z");
    mv.visitJumpInsn(Opcodes.IFEQ, body);
    method.load(engine);
    method.loadCall();
    method.ask("carry", CARRY);
    mv.visitInsn(Opcodes.DUP);
    mv.visitJumpInsn(Opcodes.IFNULL, exchanged);
    method.storeParameters();
    mv.visitLabel(exchanged);
    method.frameAtParameters(WovenMethod.OBJECTS);
    mv.visitInsn(Opcodes.POP);
    mv.visitJumpInsn(Opcodes.GOTO, body);

    mv.visitLabel(fault);
    method.frameAtParameters(WovenMethod.THROWABLE);
    method.reportFault();
    mv.visitLabel(body);
    method.frameAtParameters();
    method.clear(engine); // the method may wait for as long as the JVM runs
    // The body's own first instruction may begin with a frame.
    mv.visitInsn(Opcodes.NOP);
    mv.visitTryCatchBlock(start, fault, fault, WovenMethod.THROWABLE);
  }

  @Override
  public void visitFrame(
      int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
    method.frame(localCount, locals, stackCount, stack);
  }

  @Override
  public void visitMaxs(int deepest, int ownLocals) {
    method.end(deepest);
  }
}
