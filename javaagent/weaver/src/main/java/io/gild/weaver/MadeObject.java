package io.gild.weaver;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/** Copies a constructor, and passes the object to the engine whenever the constructor returns. */
final class MadeObject extends MethodVisitor {

  /** The object and the number. */
  private static final int ROOM = 2;

  private final int site;

  /**
   * Creates a copier.
   *
   * @param code receives the woven constructor
   * @param site number of the constructors of the class
   */
  MadeObject(MethodVisitor code, int site) {
    super(OpenedClassReader.ASM_API, code);
    this.site = site;
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.RETURN) {
      WovenMethod.reportMade(mv, site);
    }
    mv.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int deepest, int ownLocals) {
    mv.visitMaxs(deepest + ROOM, ownLocals);
  }
}
