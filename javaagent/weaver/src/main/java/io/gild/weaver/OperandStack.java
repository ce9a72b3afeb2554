package io.gild.weaver;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ConstantDynamic;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the words on a method's operand stack while the method is copied.
 *
 * <p>Compilers may leave values there at a return, as Kotlin's does for {@code f(a, b ?: return)}.
 */
abstract class OperandStack extends MethodVisitor {

  /** A value of one word, and the two words of a {@code long} or {@code double}. */
  private static final String ONE = "1";

  private static final String TWO = "<>";
  private static final char SECOND = '>';

  /** How many words the instructions without operands pop, and the words that they push. */
  private static final byte[] TAKEN = new byte[Opcodes.MONITOREXIT + 1];

  private static final String[] LEFT = new String[Opcodes.MONITOREXIT + 1];

  static {
    effect(Opcodes.NOP, Opcodes.MONITOREXIT, 0, "");
    effect(Opcodes.ACONST_NULL, Opcodes.ICONST_5, 0, ONE);
    effect(Opcodes.LCONST_0, Opcodes.LCONST_1, 0, TWO);
    effect(Opcodes.FCONST_0, Opcodes.FCONST_2, 0, ONE);
    effect(Opcodes.DCONST_0, Opcodes.DCONST_1, 0, TWO);
    effect(Opcodes.IALOAD, Opcodes.SALOAD, 2, ONE);
    effect(Opcodes.LALOAD, Opcodes.LALOAD, 2, TWO);
    effect(Opcodes.DALOAD, Opcodes.DALOAD, 2, TWO);
    effect(Opcodes.IASTORE, Opcodes.SASTORE, 3, "");
    effect(Opcodes.LASTORE, Opcodes.LASTORE, 4, "");
    effect(Opcodes.DASTORE, Opcodes.DASTORE, 4, "");
    effect(Opcodes.POP, Opcodes.POP, 1, "");
    effect(Opcodes.POP2, Opcodes.POP2, 2, "");
    for (int opcode = Opcodes.IADD; opcode <= Opcodes.DREM; opcode += 2) {
      effect(opcode, opcode, 2, ONE);
      effect(opcode + 1, opcode + 1, 4, TWO);
    }
    for (int opcode = Opcodes.ISHL; opcode <= Opcodes.LUSHR; opcode += 2) {
      effect(opcode, opcode, 2, ONE);
      effect(opcode + 1, opcode + 1, 3, TWO);
    }
    for (int opcode = Opcodes.IAND; opcode <= Opcodes.LXOR; opcode += 2) {
      effect(opcode, opcode, 2, ONE);
      effect(opcode + 1, opcode + 1, 4, TWO);
    }
    effect(Opcodes.I2L, Opcodes.I2D, 1, TWO);
    effect(Opcodes.I2F, Opcodes.I2F, 1, ONE);
    effect(Opcodes.L2I, Opcodes.L2F, 2, ONE);
    effect(Opcodes.L2D, Opcodes.L2D, 2, TWO);
    effect(Opcodes.F2I, Opcodes.F2I, 1, ONE);
    effect(Opcodes.F2L, Opcodes.F2D, 1, TWO);
    effect(Opcodes.D2I, Opcodes.D2F, 2, ONE);
    effect(Opcodes.D2L, Opcodes.D2L, 2, TWO);
    effect(Opcodes.I2B, Opcodes.I2S, 1, ONE);
    effect(Opcodes.LCMP, Opcodes.DCMPG, 4, ONE);
    effect(Opcodes.FCMPL, Opcodes.FCMPG, 2, ONE);
    effect(Opcodes.ARRAYLENGTH, Opcodes.ARRAYLENGTH, 1, ONE);
    effect(Opcodes.MONITORENTER, Opcodes.MONITOREXIT, 1, "");
  }

  private final StringBuilder words = new StringBuilder();
  private final Map<Label, String> atLabels = new HashMap<>();

  /**
   * Creates a tracker for a method.
   *
   * @param code receives the method
   */
  OperandStack(MethodVisitor code) {
    super(OpenedClassReader.ASM_API, code);
  }

  private static void effect(int from, int to, int taken, String left) {
    for (int opcode = from; opcode <= to; opcode++) {
      TAKEN[opcode] = (byte) taken;
      LEFT[opcode] = left;
    }
  }

  /** Writes instructions that pop all words except the value that was just stored. */
  final void drain(Type stored) {
    take(stored.getSize());
    while (words.length() > 0) {
      boolean wide = words.charAt(words.length() - 1) == SECOND;
      mv.visitInsn(wide ? Opcodes.POP2 : Opcodes.POP);
      take(wide ? 2 : 1);
    }
  }

  private void take(int count) {
    words.setLength(Math.max(0, words.length() - count));
  }

  private void leave(Type type) {
    words.append(type.getSize() == 2 ? TWO : ONE.repeat(type.getSize()));
  }

  /** Copies the topmost words below some of the others. */
  private void copy(int count, int below) {
    int length = words.length();
    if (length >= below) {
      words.insert(length - below, words.substring(length - count));
    }
  }

  private void reach(Label label) {
    atLabels.putIfAbsent(label, words.toString());
  }

  @Override
  public void visitInsn(int opcode) {
    super.visitInsn(opcode);
    switch (opcode) {
      case Opcodes.DUP -> copy(1, 1);
      case Opcodes.DUP_X1 -> copy(1, 2);
      case Opcodes.DUP_X2 -> copy(1, 3);
      case Opcodes.DUP2 -> copy(2, 2);
      case Opcodes.DUP2_X1 -> copy(2, 3);
      case Opcodes.DUP2_X2 -> copy(2, 4);
      case Opcodes.ATHROW -> words.setLength(0);
      default -> {
        take(TAKEN[opcode]);
        words.append(LEFT[opcode]);
      }
    }
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    super.visitIntInsn(opcode, operand);
    if (opcode != Opcodes.NEWARRAY) {
      words.append(ONE);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    super.visitVarInsn(opcode, variable);
    switch (opcode) {
      case Opcodes.ILOAD, Opcodes.FLOAD, Opcodes.ALOAD -> words.append(ONE);
      case Opcodes.LLOAD, Opcodes.DLOAD -> words.append(TWO);
      case Opcodes.ISTORE, Opcodes.FSTORE, Opcodes.ASTORE -> take(1);
      case Opcodes.LSTORE, Opcodes.DSTORE -> take(2);
      default -> words.setLength(0);
    }
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    super.visitTypeInsn(opcode, type);
    if (opcode == Opcodes.NEW) {
      words.append(ONE);
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    super.visitFieldInsn(opcode, owner, name, descriptor);
    Type type = Type.getType(descriptor);
    switch (opcode) {
      case Opcodes.GETSTATIC -> leave(type);
      case Opcodes.PUTSTATIC -> take(type.getSize());
      case Opcodes.GETFIELD -> {
        take(1);
        leave(type);
      }
      default -> take(1 + type.getSize());
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    invoke(descriptor, opcode == Opcodes.INVOKESTATIC);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    invoke(descriptor, true);
  }

  private void invoke(String descriptor, boolean isStatic) {
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      take(argument.getSize());
    }
    take(isStatic ? 0 : 1);
    leave(Type.getReturnType(descriptor));
  }

  @Override
  public void visitLdcInsn(Object constant) {
    super.visitLdcInsn(constant);
    boolean wide =
        constant instanceof Long
            || constant instanceof Double
            || constant instanceof ConstantDynamic dynamic && dynamic.getSize() == 2;
    words.append(wide ? TWO : ONE);
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    super.visitMultiANewArrayInsn(descriptor, dimensions);
    take(dimensions);
    words.append(ONE);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    super.visitJumpInsn(opcode, label);
    if (opcode == Opcodes.JSR) {
      words.append(ONE);
      reach(label);
      take(1);
      return;
    }
    take(opcode == Opcodes.GOTO ? 0 : isOfTwo(opcode) ? 2 : 1);
    reach(label);
    if (opcode == Opcodes.GOTO) {
      words.setLength(0);
    }
  }

  private static boolean isOfTwo(int opcode) {
    return opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ACMPNE;
  }

  @Override
  public void visitTableSwitchInsn(int least, int most, Label other, Label... labels) {
    super.visitTableSwitchInsn(least, most, other, labels);
    choose(other, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
    super.visitLookupSwitchInsn(other, keys, labels);
    choose(other, labels);
  }

  private void choose(Label other, Label[] labels) {
    take(1);
    reach(other);
    for (Label label : labels) {
      reach(label);
    }
    words.setLength(0);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    super.visitTryCatchBlock(start, end, handler, type);
    atLabels.put(handler, ONE);
  }

  @Override
  public void visitLabel(Label label) {
    super.visitLabel(label);
    String known = atLabels.get(label);
    if (known != null) {
      words.setLength(0);
      words.append(known);
    }
  }

  @Override
  public void visitFrame(
      int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
    super.visitFrame(type, localCount, locals, stackCount, stack);
    follow(stackCount, stack);
  }

  /** Continues with the stack of a frame. */
  final void follow(int stackCount, Object[] stack) {
    words.setLength(0);
    for (int i = 0; i < stackCount; i++) {
      boolean wide = stack[i] == Opcodes.LONG || stack[i] == Opcodes.DOUBLE;
      words.append(wide ? TWO : ONE);
    }
  }
}
