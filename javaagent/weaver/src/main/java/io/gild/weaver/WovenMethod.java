package io.gild.weaver;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * State for the code around a method's body: the method's variables, the variables that are added
 * after them, and the frames of both.
 */
final class WovenMethod {

  private static final String BRIDGE = "java/lang/GildBridge";
  static final String ENGINE = "java/lang/GildEngine";
  static final String OBJECT = "java/lang/Object";
  static final String OBJECTS = "[Ljava/lang/Object;";
  static final String THROWABLE = "java/lang/Throwable";

  /**
   * The deepest stack of the surrounding code: a call of the engine with an array that is being
   * filled.
   */
  private static final int DEEPEST = 8;

  private static final int FIRST_WITH_FRAMES = Opcodes.V1_6;
  private static final int FIRST_WITH_HANDLES = Opcodes.V1_7;

  /** A variable of the method. */
  record Variable(int slot, Type type) {}

  private final MethodVisitor code;
  private final ClassHead owner;
  private final String name;
  private final String descriptor;
  private final boolean isStatic;
  private final int site;
  private final boolean wantsHandle;
  private final int ownLocals;
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Object> parameterFrame = new ArrayList<>();
  private final List<Object> addedFrame = new ArrayList<>();
  private int nextSlot;

  /** The facts about its class that the code of a method needs. */
  record ClassHead(String internalName, int version, boolean isInterface) {}

  /**
   * Creates a view of a method.
   *
   * @param code receives the method
   * @param owner its class
   * @param method the method
   * @param site its number
   * @param wantsHandle whether the engine receives a handle of it
   */
  WovenMethod(
      MethodVisitor code,
      ClassHead owner,
      ClassShape.Method method,
      int site,
      boolean wantsHandle) {
    this.code = code;
    this.owner = owner;
    this.name = method.name();
    this.descriptor = method.descriptor();
    this.isStatic = method.isStatic();
    this.site = site;
    this.wantsHandle = wantsHandle;
    this.ownLocals = method.locals();
    this.nextSlot = ownLocals;
    int slot = 0;
    if (!isStatic) {
      parameterFrame.add(owner.internalName());
      slot = 1;
    }
    for (Type type : Type.getArgumentTypes(descriptor)) {
      parameters.add(new Variable(slot, type));
      parameterFrame.add(frameType(type));
      slot += type.getSize();
    }
  }

  Type result() {
    return Type.getReturnType(descriptor);
  }

  /** Adds a variable after all others; every following frame has it. */
  Variable add(Type type) {
    Variable added = new Variable(nextSlot, type);
    nextSlot += type.getSize();
    addedFrame.add(frameType(type));
    return added;
  }

  /** Adds a copy of each argument variable, the object first. */
  List<Variable> addCopies() {
    List<Variable> copies = new ArrayList<>();
    for (Variable each : entered()) {
      copies.add(add(each.type()));
    }
    return copies;
  }

  private List<Variable> entered() {
    List<Variable> all = new ArrayList<>();
    if (!isStatic) {
      all.add(new Variable(0, Type.getObjectType(owner.internalName())));
    }
    all.addAll(parameters);
    return all;
  }

  void copyTo(List<Variable> copies) {
    move(entered(), copies);
  }

  void copyFrom(List<Variable> copies) {
    move(copies, entered());
  }

  private void move(List<Variable> from, List<Variable> to) {
    for (int i = 0; i < from.size(); i++) {
      load(from.get(i));
      store(to.get(i));
    }
  }

  void load(Variable variable) {
    code.visitVarInsn(variable.type().getOpcode(Opcodes.ILOAD), variable.slot());
  }

  void store(Variable variable) {
    code.visitVarInsn(variable.type().getOpcode(Opcodes.ISTORE), variable.slot());
  }

  /** Sets a variable to the default value of its type. */
  void clear(Variable variable) {
    code.visitInsn(
        switch (variable.type().getSort()) {
          case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.ICONST_0;
          case Type.LONG -> Opcodes.LCONST_0;
          case Type.FLOAT -> Opcodes.FCONST_0;
          case Type.DOUBLE -> Opcodes.DCONST_0;
          default -> Opcodes.ACONST_NULL;
        });
    store(variable);
  }

  /** Writes a frame in which the method's parameters have their original types. */
  void frameAtParameters(Object... stack) {
    frame(parameterFrame.size(), parameterFrame.toArray(), stack.length, stack);
  }

  /** Writes a frame in which the method's own variables are unknown. */
  void frameOfAdded(Object... stack) {
    frame(0, new Object[0], stack.length, stack);
  }

  /** Writes a frame of the method's own variables, followed by the added ones. */
  void frame(int localCount, Object[] locals, int stackCount, Object[] stack) {
    if ((owner.version() & 0xFFFF) < FIRST_WITH_FRAMES) {
      return;
    }
    List<Object> all = new ArrayList<>();
    int slots = 0;
    for (int i = 0; i < localCount; i++) {
      all.add(locals[i]);
      slots += locals[i] == Opcodes.LONG || locals[i] == Opcodes.DOUBLE ? 2 : 1;
    }
    if (!addedFrame.isEmpty()) {
      for (; slots < ownLocals; slots++) {
        all.add(Opcodes.TOP);
      }
      all.addAll(addedFrame);
    }
    code.visitFrame(Opcodes.F_NEW, all.size(), all.toArray(), stackCount, stack);
  }

  void loadEngine() {
    code.visitFieldInsn(Opcodes.GETSTATIC, BRIDGE, "engine", "L" + ENGINE + ";");
  }

  /** Calls the engine, which is on the stack with the arguments. */
  void ask(String method, String asked) {
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, ENGINE, method, asked, false);
  }

  /** Reports the fault on the stack. */
  void reportFault() {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "fault", "(L" + THROWABLE + ";)V", false);
  }

  /** Passes the task on the stack to the engine. */
  void reportTaken() {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "taken", "(L" + OBJECT + ";)V", false);
  }

  /** Loads the number, the object or {@code null}, and the arguments in an array. */
  void loadCall() {
    push(site);
    if (isStatic) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else {
      code.visitVarInsn(Opcodes.ALOAD, 0);
    }
    push(parameters.size());
    code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
    for (int i = 0; i < parameters.size(); i++) {
      code.visitInsn(Opcodes.DUP);
      push(i);
      load(parameters.get(i));
      box(parameters.get(i).type());
      code.visitInsn(Opcodes.AASTORE);
    }
  }

  /** Loads a handle of the method, or {@code null} if it is not wanted or not possible. */
  void loadHandle() {
    if (wantsHandle && (owner.version() & 0xFFFF) >= FIRST_WITH_HANDLES) {
      code.visitLdcInsn(
          new Handle(
              isStatic ? Opcodes.H_INVOKESTATIC : Opcodes.H_INVOKESPECIAL,
              owner.internalName(),
              name,
              descriptor,
              owner.isInterface()));
    } else {
      code.visitInsn(Opcodes.ACONST_NULL);
    }
  }

  /** Stores the elements of the array on the stack, and leaves the array there. */
  void storeParameters() {
    storeAll(parameters);
  }

  /** Does the same with copies that {@link #addCopies} made. */
  void storeCopies(List<Variable> copies) {
    storeAll(copies.subList(isStatic ? 0 : 1, copies.size()));
  }

  private void storeAll(List<Variable> variables) {
    for (int i = 0; i < variables.size(); i++) {
      code.visitInsn(Opcodes.DUP);
      push(i);
      code.visitInsn(Opcodes.AALOAD);
      unbox(variables.get(i).type());
      store(variables.get(i));
    }
  }

  /** Boxes the value on the stack; {@code void} becomes {@code null}. */
  void box(Type type) {
    if (type.getSort() == Type.VOID) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else if (type.getSort() < Type.ARRAY) {
      String box = boxOf(type);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          box,
          "valueOf",
          "(" + type.getDescriptor() + ")L" + box + ";",
          false);
    }
  }

  /** Turns the object on the stack into a value of a type. */
  void unbox(Type type) {
    if (type.getSort() < Type.ARRAY) {
      String box = boxOf(type);
      code.visitTypeInsn(Opcodes.CHECKCAST, box);
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          box,
          type.getClassName() + "Value",
          "()" + type.getDescriptor(),
          false);
    } else if (!type.getInternalName().equals(OBJECT)) {
      code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
    }
  }

  /** Passes the finished object of a constructor to the engine. */
  static void reportMade(MethodVisitor code, int site) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    push(code, site);
    code.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "made", "(L" + OBJECT + ";I)V", false);
  }

  void end(int deepest) {
    code.visitMaxs(Math.max(deepest, DEEPEST), nextSlot);
  }

  private void push(int number) {
    push(code, number);
  }

  private static void push(MethodVisitor code, int number) {
    if (number <= 5) {
      code.visitInsn(Opcodes.ICONST_0 + number);
    } else if (number <= Byte.MAX_VALUE) {
      code.visitIntInsn(Opcodes.BIPUSH, number);
    } else if (number <= Short.MAX_VALUE) {
      code.visitIntInsn(Opcodes.SIPUSH, number);
    } else {
      code.visitLdcInsn(number);
    }
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.INTEGER;
      case Type.LONG -> Opcodes.LONG;
      case Type.FLOAT -> Opcodes.FLOAT;
      case Type.DOUBLE -> Opcodes.DOUBLE;
      default -> type.getInternalName();
    };
  }

  private static String boxOf(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.CHAR -> "java/lang/Character";
      case Type.BYTE -> "java/lang/Byte";
      case Type.SHORT -> "java/lang/Short";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      case Type.FLOAT -> "java/lang/Float";
      default -> "java/lang/Double";
    };
  }
}
