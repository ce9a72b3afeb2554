package io.gild.weaver;

import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Copies a method and lets the engine govern its body, as {@link GildEngine} describes.
 *
 * <p>The woven method looks like this; a fault of the engine is reported and then ignored, so that
 * the outcome of a body that ran is kept, and a body that was skipped runs after all:
 *
 * <pre>{@code
 * try {
 *   engine = GildBridge.engine;
 *   if (engine != null && (call = engine.enter(site, this, arguments, handle)) != null) {
 *     skipped = !engine.proceed(call);
 *     if (!skipped) arguments = engine.rewritten(call) or as they were;
 *   }
 * } catch (Throwable fault) { GildBridge.fault(fault); }
 * copies = arguments;
 * again: while (true) {
 *   if (!skipped || again) try { arguments = copies; returned = body; }
 *   catch (Throwable t) { thrown = t; }
 *   if (call != null) try {
 *     if (!skipped && engine.repeats(call, returned, thrown)) {
 *       copies = engine.rewritten(call) or as they were;
 *       thrown = null;
 *       continue again;
 *     }
 *     failure = engine.failure(call);
 *     if (failure == null) returned = engine.result(call);
 *     thrown = failure;
 *   } catch (Throwable fault) {
 *     GildBridge.fault(fault);
 *     call = null;
 *     if (skipped) continue again;
 *   }
 *   if (thrown != null) throw thrown;
 *   return returned;
 * }
 * }</pre>
 */
final class GovernedBody extends OperandStack {

  private static final String ENTER =
      "(ILjava/lang/Object;[Ljava/lang/Object;Ljava/lang/invoke/MethodHandle;)Ljava/lang/Object;";

  private final WovenMethod method;
  private final Type result;
  private final WovenMethod.Variable engine;
  private final WovenMethod.Variable call;
  private final WovenMethod.Variable skipped;
  private final WovenMethod.Variable thrown;
  private final WovenMethod.Variable returned;
  private final Label body = new Label();
  private final Label bodyStart = new Label();
  private final Label bodyEnd = new Label();
  private final Label over = new Label();
  private final Label enterStart = new Label();
  private final Label enterEnd = new Label();
  private List<WovenMethod.Variable> copies = List.of();

  /**
   * Creates a copier.
   *
   * @param code receives the woven method
   * @param method the method, as seen through {@code code}
   */
  GovernedBody(MethodVisitor code, WovenMethod method) {
    super(code);
    this.method = method;
    this.result = method.result();
    this.engine = method.add(Type.getObjectType(WovenMethod.ENGINE));
    this.call = method.add(Type.getObjectType(WovenMethod.OBJECT));
    this.skipped = method.add(Type.BOOLEAN_TYPE);
    this.thrown = method.add(Type.getObjectType(WovenMethod.THROWABLE));
    this.returned = method.add(isVoid() ? Type.getObjectType(WovenMethod.OBJECT) : result);
  }

  private boolean isVoid() {
    return result.getSort() == Type.VOID;
  }

  @Override
  public void visitCode() {
    mv.visitCode();
    method.clear(engine);
    method.clear(call);
    method.clear(skipped);
    method.clear(thrown);
    method.clear(returned);
    enter();
    copies = method.addCopies();
    method.copyTo(copies);
    method.load(skipped);
    mv.visitJumpInsn(Opcodes.IFNE, over);
    mv.visitLabel(body);
    method.frameAtParameters();
    // The body's own first instruction may begin with a frame.
    mv.visitInsn(Opcodes.NOP);
    mv.visitLabel(bodyStart);
  }

  private void enter() {
    Label entered = new Label();
    Label run = new Label();
    Label rewritten = new Label();
    mv.visitLabel(enterStart);
    method.loadEngine();
    method.store(engine);
    method.load(engine);
    mv.visitJumpInsn(Opcodes.IFNULL, entered);
    method.load(engine);
    method.loadCall();
    method.loadHandle();
    method.ask("enter", ENTER);
    method.store(call);
    method.load(call);
    mv.visitJumpInsn(Opcodes.IFNULL, entered);
    askOfCall("proceed", "Z");
    mv.visitJumpInsn(Opcodes.IFNE, run);
    mv.visitInsn(Opcodes.ICONST_1);
    method.store(skipped);
    mv.visitJumpInsn(Opcodes.GOTO, entered);

    mv.visitLabel(run);
    method.frameAtParameters();
    askOfCall("rewritten", WovenMethod.OBJECTS);
    mv.visitInsn(Opcodes.DUP);
    mv.visitJumpInsn(Opcodes.IFNULL, rewritten);
    method.storeParameters();
    mv.visitLabel(rewritten);
    method.frameAtParameters(WovenMethod.OBJECTS);
    mv.visitInsn(Opcodes.POP);
    mv.visitJumpInsn(Opcodes.GOTO, entered);

    mv.visitLabel(enterEnd);
    method.frameAtParameters(WovenMethod.THROWABLE);
    method.reportFault();
    mv.visitLabel(entered);
    method.frameAtParameters();
    forgetEngineWithoutCall();
  }

  /** A method may run for as long as the JVM: without a call it does not keep the engine. */
  private void forgetEngineWithoutCall() {
    Label called = new Label();
    method.load(call);
    mv.visitJumpInsn(Opcodes.IFNONNULL, called);
    method.clear(engine);
    mv.visitLabel(called);
    method.frameAtParameters();
  }

  private void askOfCall(String question, String answer) {
    method.load(engine);
    method.load(call);
    method.ask(question, "(Ljava/lang/Object;)" + answer);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
      super.visitInsn(opcode);
      return;
    }
    if (!isVoid()) {
      method.store(returned);
    }
    drain(result);
    mv.visitJumpInsn(Opcodes.GOTO, over);
  }

  @Override
  public void visitFrame(
      int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
    follow(stackCount, stack);
    method.frame(localCount, locals, stackCount, stack);
  }

  @Override
  public void visitMaxs(int deepest, int ownLocals) {
    mv.visitLabel(bodyEnd);
    method.frameOfAdded(WovenMethod.THROWABLE);
    method.store(thrown);
    method.clear(returned);
    mv.visitLabel(over);
    method.frameOfAdded();
    new Exit().write();
    mv.visitTryCatchBlock(enterStart, enterEnd, enterEnd, WovenMethod.THROWABLE);
    mv.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, WovenMethod.THROWABLE);
    method.end(deepest);
  }

  /** Writes what follows the method's own code: it is repeated, or its outcome is decided. */
  private final class Exit {

    private final Label start = new Label();
    private final Label decided = new Label();
    private final Label again = new Label();
    private final Label fault = new Label();
    private final Label done = new Label();

    void write() {
      method.load(call);
      mv.visitJumpInsn(Opcodes.IFNULL, done);
      mv.visitLabel(start);
      method.load(skipped);
      mv.visitJumpInsn(Opcodes.IFNE, decided);
      askWhetherItRepeats();
      decide();
      stepAside();
      leave();
      mv.visitTryCatchBlock(start, fault, fault, WovenMethod.THROWABLE);
    }

    private void askWhetherItRepeats() {
      Label rewritten = new Label();
      method.load(engine);
      method.load(call);
      if (!isVoid()) {
        method.load(returned);
      }
      method.box(result);
      method.load(thrown);
      method.ask("repeats", "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)Z");
      mv.visitJumpInsn(Opcodes.IFEQ, decided);
      askOfCall("rewritten", WovenMethod.OBJECTS);
      mv.visitInsn(Opcodes.DUP);
      mv.visitJumpInsn(Opcodes.IFNULL, rewritten);
      method.storeCopies(copies);
      mv.visitLabel(rewritten);
      method.frameOfAdded(WovenMethod.OBJECTS);
      mv.visitInsn(Opcodes.POP);
      mv.visitJumpInsn(Opcodes.GOTO, again);
    }

    private void decide() {
      Label failed = new Label();
      mv.visitLabel(decided);
      method.frameOfAdded();
      askOfCall("failure", "L" + WovenMethod.THROWABLE + ";");
      mv.visitInsn(Opcodes.DUP);
      mv.visitJumpInsn(Opcodes.IFNONNULL, failed);
      if (!isVoid()) {
        askOfCall("result", "L" + WovenMethod.OBJECT + ";");
        method.unbox(result);
        method.store(returned);
      }
      mv.visitLabel(failed);
      method.frameOfAdded(WovenMethod.THROWABLE);
      method.store(thrown);
      mv.visitJumpInsn(Opcodes.GOTO, done);
    }

    /** After a fault of Gild, the outcome of the method's own code stays, or it runs now. */
    private void stepAside() {
      mv.visitLabel(fault);
      method.frameOfAdded(WovenMethod.THROWABLE);
      method.reportFault();
      method.clear(call);
      method.load(skipped);
      mv.visitJumpInsn(Opcodes.IFEQ, done);
      mv.visitLabel(again);
      method.frameOfAdded();
      method.clear(thrown);
      method.copyFrom(copies);
      mv.visitJumpInsn(Opcodes.GOTO, body);
    }

    private void leave() {
      Label normal = new Label();
      mv.visitLabel(done);
      method.frameOfAdded();
      method.load(thrown);
      mv.visitJumpInsn(Opcodes.IFNULL, normal);
      method.load(thrown);
      mv.visitInsn(Opcodes.ATHROW);
      mv.visitLabel(normal);
      method.frameOfAdded();
      if (!isVoid()) {
        method.load(returned);
      }
      mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }
  }
}
