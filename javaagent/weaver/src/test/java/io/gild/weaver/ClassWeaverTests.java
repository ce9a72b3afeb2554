package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.ChatModel;
import io.gild.weaver.spi.ServedMethods;
import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM accepts the woven class file of a method from any compiler. */
class ClassWeaverTests {

  /** Records the results of woven methods, and runs each body twice. */
  private static final class Twice extends GildEngine {

    private final List<Object> seen = new ArrayList<>();
    private final List<Object[]> entered = new ArrayList<>();
    private Object last;
    private Throwable failure;
    private boolean repeated;

    @Override
    public Object enter(int site, Object self, Object[] arguments, MethodHandle handle) {
      entered.add(arguments);
      repeated = false;
      return this;
    }

    @Override
    public boolean proceed(Object call) {
      return true;
    }

    @Override
    public boolean repeats(Object call, Object returned, Throwable thrown) {
      seen.add(thrown == null ? returned : thrown);
      last = returned;
      failure = thrown;
      boolean again = !repeated;
      repeated = true;
      return again;
    }

    @Override
    public Object[] rewritten(Object call) {
      return null;
    }

    @Override
    public Object result(Object call) {
      return last;
    }

    @Override
    public Throwable failure(Object call) {
      return failure;
    }

    @Override
    public boolean inCall() {
      return false;
    }

    @Override
    public Object[] carry(int site, Object self, Object[] arguments) {
      return null;
    }

    @Override
    public void taken(Object task) {}

    @Override
    public void made(Object made, int site) {}

    @Override
    public void fault(Throwable fault) {
      seen.add(fault);
    }
  }

  private final Sites sites = new Sites();
  private final Twice engine = new Twice();

  @AfterEach
  void forget() {
    GildBridge.engine = null;
  }

  private byte[] woven(byte[] classFile, boolean carries) {
    ClassShape shape = ClassShapeReader.read(classFile);
    Set<String> keys = new HashSet<>();
    for (ClassShape.Method method : shape.methods()) {
      if (method.hasBody()) {
        String key = Sites.key(shape.name(), method.name(), method.descriptor());
        keys.add(key);
        sites.add(
            null,
            key,
            carries
                ? new CarryJoinPoint(
                    method.descriptor(),
                    new CarriedCalls(),
                    new Carrier(),
                    CarryJoinPoint.How.WRAPPED)
                : (self, arguments, handle) -> null);
      }
    }
    String constructors = MadeJoinPoint.key(shape.name());
    keys.add(constructors);
    sites.add(null, constructors, new MadeJoinPoint(ServedMethods.NONE, shape.name()));
    return new ClassWeaver(sites).weave(null, shape, classFile, keys);
  }

  /** Defines woven classes instead of those of a jar. */
  private static final class Loader extends URLClassLoader {

    private final Map<String, byte[]> classFiles = new HashMap<>();

    Loader(URL[] jars) {
      super(jars, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] own = classFiles.get(name);
      return own == null ? super.findClass(name) : defineClass(name, own, 0, own.length);
    }

    /** Has the JVM verify a class, without running anything of it. */
    void link(String name) throws ClassNotFoundException {
      assertThat(loadClass(name).getDeclaredMethods()).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {ObjectMapper.class, ChatModel.class})
  void everyMethodOfALibraryIsAcceptedByTheVerifier(Class<?> one) throws Exception {
    for (boolean carries : new boolean[] {false, true}) {
      assertThat(verified(jarOf(one), carries)).isGreaterThan(100);
    }
  }

  private static File jarOf(Class<?> type) throws URISyntaxException {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /**
   * Weaves and links all of a jar that can be linked without weaving; returns how many those are.
   */
  private int verified(File file, boolean carries) throws IOException, ClassNotFoundException {
    URL[] jars = {file.toURI().toURL()};
    int verified = 0;
    try (JarFile jar = new JarFile(file);
        Loader plain = new Loader(jars);
        Loader other = new Loader(jars)) {
      for (JarEntry entry : jar.stream().filter(ClassWeaverTests::isClass).toList()) {
        byte[] classFile = jar.getInputStream(entry).readAllBytes();
        String name = ClassShapeReader.read(classFile).name();
        other.classFiles.put(name, woven(classFile, carries));
      }
      for (String name : other.classFiles.keySet()) {
        if (links(plain, name)) {
          other.link(name);
          verified++;
        }
      }
    }
    return verified;
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class")
        && !entry.getName().startsWith("META-INF")
        && !entry.getName().endsWith("-info.class");
  }

  private static boolean links(Loader loader, String name) throws ClassNotFoundException {
    try {
      loader.link(name);
      return true;
    } catch (LinkageError absent) {
      return false;
    }
  }

  /** What {@code f(1L, "x", 2, a ?: return)} leaves on the stack in Kotlin. */
  @ParameterizedTest
  @ValueSource(ints = {Opcodes.V1_4, Opcodes.V1_8, Opcodes.V17})
  void popsTheValuesThatAReturnLeavesOnTheStack(int version) throws Exception {
    Class<?> made =
        made(
            version,
            "(JI)D",
            code -> {
              Label zero = new Label();
              code.visitLdcInsn(1L);
              code.visitLdcInsn("x");
              code.visitInsn(Opcodes.DUP_X2);
              code.visitInsn(Opcodes.ICONST_2);
              code.visitVarInsn(Opcodes.ILOAD, 2);
              code.visitJumpInsn(Opcodes.IFEQ, zero);
              code.visitVarInsn(Opcodes.LLOAD, 0);
              code.visitInsn(Opcodes.L2D);
              code.visitInsn(Opcodes.DRETURN);
              code.visitLabel(zero);
              if (version >= Opcodes.V1_6) {
                code.visitFrame(
                    Opcodes.F_NEW,
                    2,
                    new Object[] {Opcodes.LONG, Opcodes.INTEGER},
                    4,
                    new Object[] {
                      "java/lang/String", Opcodes.LONG, "java/lang/String", Opcodes.INTEGER
                    });
              }
              code.visitLdcInsn(0.5);
              code.visitInsn(Opcodes.DRETURN);
              code.visitMaxs(9, 3);
            });
    GildBridge.engine = engine;
    assertThat(run(made, 7L, 1)).isEqualTo(7.0);
    assertThat(run(made, 7L, 0)).isEqualTo(0.5);
    assertThat(engine.seen).containsExactly(7.0, 7.0, 0.5, 0.5);
    assertThat(engine.entered.get(0)).containsExactly(7L, 1);
  }

  /** A loop from the first instruction on, in which a parameter's place becomes another type's. */
  @Test
  void repeatsABodyThatBeginsWithAFrameAndReusesItsParameters() throws Exception {
    Class<?> made =
        made(
            Opcodes.V17,
            "(JI)D",
            code -> {
              Label loop = new Label();
              Label end = new Label();
              code.visitLabel(loop);
              code.visitFrame(
                  Opcodes.F_NEW, 2, new Object[] {Opcodes.LONG, Opcodes.INTEGER}, 0, new Object[0]);
              code.visitVarInsn(Opcodes.ILOAD, 2);
              code.visitJumpInsn(Opcodes.IFLE, end);
              code.visitIincInsn(2, -1);
              code.visitVarInsn(Opcodes.LLOAD, 0);
              code.visitInsn(Opcodes.LCONST_1);
              code.visitInsn(Opcodes.LADD);
              code.visitVarInsn(Opcodes.LSTORE, 0);
              code.visitJumpInsn(Opcodes.GOTO, loop);
              code.visitLabel(end);
              code.visitFrame(
                  Opcodes.F_NEW, 2, new Object[] {Opcodes.LONG, Opcodes.INTEGER}, 0, new Object[0]);
              code.visitVarInsn(Opcodes.LLOAD, 0);
              code.visitInsn(Opcodes.L2D);
              code.visitVarInsn(Opcodes.DSTORE, 1);
              code.visitVarInsn(Opcodes.DLOAD, 1);
              code.visitInsn(Opcodes.DRETURN);
              code.visitMaxs(4, 3);
            });
    GildBridge.engine = engine;
    assertThat(run(made, 7L, 3)).isEqualTo(10.0);
    assertThat(engine.seen).containsExactly(10.0, 10.0);
  }

  private interface Code {
    void writeTo(MethodVisitor code);
  }

  private Class<?> made(int version, String descriptor, Code body) throws Exception {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(version, Opcodes.ACC_PUBLIC, "com/acme/Made", null, "java/lang/Object", null);
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", descriptor, null, null);
    code.visitCode();
    body.writeTo(code);
    code.visitEnd();
    try (Loader loader = new Loader(new URL[0])) {
      loader.classFiles.put("com.acme.Made", woven(writer.toByteArray(), false));
      return loader.loadClass("com.acme.Made");
    }
  }

  private static Object run(Class<?> made, long number, int count) throws Exception {
    return made.getMethod("run", long.class, int.class).invoke(null, number, count);
  }
}
