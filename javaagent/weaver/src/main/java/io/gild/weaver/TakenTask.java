package io.gild.weaver;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Copies a method that returns a task to run, and passes each returned task to the engine. While
 * the method waits, nothing of Gild is on its stack.
 */
final class TakenTask extends MethodVisitor {

  /** The object on the stack, again. */
  private static final int ROOM = 1;

  private final WovenMethod method;

  /**
   * Creates a copier.
   *
   * @param code receives the woven method
   * @param method the method, as seen through {@code code}
   */
  TakenTask(MethodVisitor code, WovenMethod method) {
    super(OpenedClassReader.ASM_API, code);
    this.method = method;
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.ARETURN) {
      mv.visitInsn(Opcodes.DUP);
      method.reportTaken();
    }
    mv.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int deepest, int ownLocals) {
    mv.visitMaxs(deepest + ROOM, ownLocals);
  }
}
