package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.MethodSpec;
import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the current stack where the application calls a model.
 *
 * <p>A class belongs to the application unless it belongs to the JDK, the agent, a proxy or a
 * library: classes in the packages of {@link #LIBRARIES} belong to libraries, unless they
 * {@linkplain Origins come from} elsewhere. The agent is the outermost method that takes a text and
 * returns a value, outside of the program's main class; if there is none, the outermost method of
 * an AI service; else the outermost method of the class that calls the model. A stream may call its
 * model when no method of the application is on the stack: for a stream, {@linkplain AssemblySite
 * the place where it was made} is remembered.
 */
public final class ApplicationStack {

  private static final int MOST_FRAMES = 64;

  /** The package of the handlers of LangChain4j's AI services and agents. */
  private static final String SERVICES = "dev.langchain4j.";

  /** The libraries and frameworks of applications. */
  private static final String[] LIBRARIES = {
    "akka.",
    "ch.qos.",
    "com.anthropic.",
    "com.azure.",
    "com.fasterxml.",
    "com.github.benmanes.",
    "com.google.",
    "com.ibm.",
    "com.linecorp.",
    "com.microsoft.",
    "com.openai.",
    "com.squareup.",
    "com.zaxxer.",
    "dev.failsafe.",
    "dev.langchain4j.",
    "feign.",
    "groovy.",
    "io.a2a.",
    "io.gild.",
    "io.github.resilience4j.",
    "io.grpc.",
    "io.helidon.",
    "io.ktor.",
    "io.micrometer.",
    "io.micronaut.",
    "io.modelcontextprotocol.",
    "io.netty.",
    "io.opentelemetry.",
    "io.quarkiverse.",
    "io.quarkus.",
    "io.reactivex.",
    "io.smallrye.",
    "io.undertow.",
    "io.vertx.",
    "jakarta.",
    "junit.",
    "kotlin.",
    "kotlinx.",
    "net.bytebuddy.",
    "okhttp3.",
    "okio.",
    "org.apache.",
    "org.aspectj.",
    "org.codehaus.",
    "org.eclipse.",
    "org.glassfish.",
    "org.hibernate.",
    "org.jboss.",
    "org.junit.",
    "org.reactivestreams.",
    "org.slf4j.",
    "org.springframework.",
    "org.testng.",
    "reactor.",
    "retrofit2.",
    "scala.",
    "software.amazon.",
  };

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private final IgnoredClasses ignored;
  private final Origins origins = new Origins();
  private final ClassValue<Boolean> applications =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isApplication(type);
        }
      };
  private final ClassValue<Boolean> programs =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return hasMain(type);
        }
      };

  /**
   * Creates a reader of stacks.
   *
   * @param ignored classes that are not the application's
   */
  public ApplicationStack(IgnoredClasses ignored) {
    this.ignored = ignored;
  }

  /**
   * Returns where the current call comes from: from the current stack or, for a stream, from the
   * place where it was made. Null if no frame belongs to the application.
   */
  public @Nullable CallSite find(AgentCall call) {
    AssemblySite found = AssemblySite.better(AssemblySite.of(call), here());
    MethodSpec agent = agentAround(call);
    if (agent == null) {
      return found == null ? null : found.site();
    }
    CallSite.Method governed = method(agent);
    return found == null
        ? new CallSite(agent.agent(), governed, governed, 0)
        : found.site().onBehalfOf(agent.agent(), governed);
  }

  /** Returns the place on the current stack; null if no frame belongs to the application. */
  public @Nullable AssemblySite here() {
    Seen seen = WALKER.walk(this::seen);
    List<StackFrame> frames = seen.frames();
    CallSite.Method service = seen.service();
    if (frames.isEmpty()) {
      return service == null ? null : new AssemblySite(new CallSite("", service, service, 0), true);
    }
    StackFrame speaking = speaking(frames);
    StackFrame asking = frames.get(0);
    return new AssemblySite(
        new CallSite(
            "",
            entry(frames, speaking, service),
            method(asking),
            Math.max(0, asking.getLineNumber())),
        speaking != null || service != null);
  }

  /**
   * The frames of an application on a stack.
   *
   * @param frames its methods, the innermost first
   * @param service the outermost method of an interface that LangChain4j implements for it
   */
  private record Seen(List<StackFrame> frames, CallSite.@Nullable Method service) {}

  private Seen seen(Stream<StackFrame> stack) {
    List<StackFrame> frames = new ArrayList<>();
    CallSite.Method service = null;
    String inner = "";
    for (Iterator<StackFrame> each = stack.iterator(); each.hasNext(); ) {
      StackFrame frame = each.next();
      Class<?> type = frame.getDeclaringClass();
      if (Proxy.isProxyClass(type)) {
        CallSite.Method found = inner.startsWith(SERVICES) ? serviceOf(type, frame) : null;
        service = found == null ? service : found;
      } else if (frames.size() < MOST_FRAMES && applications.get(type)) {
        frames.add(frame);
      }
      inner = type.getName();
    }
    return new Seen(frames, service);
  }

  private CallSite.@Nullable Method serviceOf(Class<?> proxy, StackFrame frame) {
    for (Class<?> type : proxy.getInterfaces()) {
      if (applications.get(type)) {
        for (Method method : type.getMethods()) {
          if (method.getName().equals(frame.getMethodName())
              && descriptor(method).equals(frame.getDescriptor())) {
            String declaring = method.getDeclaringClass().getName();
            return method(declaring, method.getName(), frame.getDescriptor());
          }
        }
      }
    }
    return null;
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }

  private static @Nullable MethodSpec agentAround(AgentCall call) {
    MethodSpec outermost = null;
    for (AgentCall outer = call.parent(); outer != null; outer = outer.parent()) {
      if (outer.method().spec().kind() == CallKind.AGENT) {
        outermost = outer.method().spec();
      }
    }
    return outermost;
  }

  /** Returns the outermost method that takes a text and returns a value; null if there is none. */
  private @Nullable StackFrame speaking(List<StackFrame> frames) {
    StackFrame speaking = null;
    for (StackFrame frame : frames) {
      if (answersText(frame) && !programs.get(frame.getDeclaringClass())) {
        speaking = frame;
      }
    }
    return speaking;
  }

  private static CallSite.Method entry(
      List<StackFrame> frames, @Nullable StackFrame speaking, CallSite.@Nullable Method service) {
    if (speaking == null && service != null) {
      return service;
    }
    return method(speaking == null ? outermostOfClass(frames) : speaking);
  }

  private static boolean answersText(StackFrame frame) {
    String descriptor = frame.getDescriptor();
    int end = descriptor.indexOf(')');
    String parameters = descriptor.substring(0, end);
    return frame.getMethodName().indexOf('$') < 0
        && frame.getMethodName().charAt(0) != '<'
        && (parameters.contains("Ljava/lang/String;")
            || parameters.contains("Ljava/lang/CharSequence;"))
        && descriptor.charAt(end + 1) != 'V';
  }

  private static StackFrame outermostOfClass(List<StackFrame> frames) {
    StackFrame outermost = frames.get(0);
    for (StackFrame frame : frames) {
      if (frame.getDeclaringClass() != outermost.getDeclaringClass()
          || frame.getMethodName().equals("main")) {
        break;
      }
      if (frame.getMethodName().charAt(0) != '<') {
        outermost = frame;
      }
    }
    return outermost;
  }

  private static CallSite.Method method(MethodSpec spec) {
    return new CallSite.Method(spec.className(), spec.methodName(), spec.descriptor());
  }

  private static CallSite.Method method(StackFrame frame) {
    Method around = around(frame.getDeclaringClass());
    if (around != null) {
      return method(around.getDeclaringClass().getName(), around.getName(), descriptor(around));
    }
    String name = frame.getMethodName();
    String written = written(name);
    return method(
        frame.getClassName(),
        written,
        written.equals(name)
            ? frame.getDescriptor()
            : descriptorOf(frame.getDeclaringClass(), written));
  }

  /** Returns the method that declares an anonymous class; null if the class has a name. */
  private static @Nullable Method around(Class<?> type) {
    Method around = null;
    try {
      Class<?> each = type;
      while (each != null && each.isAnonymousClass()) {
        around = each.getEnclosingMethod();
        each = around == null ? null : around.getDeclaringClass();
      }
    } catch (LinkageError | TypeNotPresentException unreadable) {
      return null;
    }
    return around;
  }

  private static CallSite.Method method(String className, String name, String descriptor) {
    return new CallSite.Method(className, name, descriptor);
  }

  /**
   * Returns the descriptor of the method of a name; empty if there is none, or several different
   * ones.
   */
  private static String descriptorOf(Class<?> type, String name) {
    String found = "";
    try {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && !method.isSynthetic()) {
          String descriptor = descriptor(method);
          if (!found.isEmpty() && !returned(found).equals(returned(descriptor))) {
            return "";
          }
          found = descriptor;
        }
      }
    } catch (LinkageError unreadable) {
      return "";
    }
    return found;
  }

  private static String returned(String descriptor) {
    return descriptor.substring(descriptor.indexOf(')'));
  }

  /** Returns the method that contains a lambda. */
  private static String written(String name) {
    if (!name.startsWith("lambda$")) {
      return name;
    }
    int end = name.lastIndexOf('$');
    return end > "lambda$".length() ? name.substring("lambda$".length(), end) : name;
  }

  /** Returns whether a class is the application's own. */
  public boolean isApplication(Class<?> type) {
    String name = type.getName();
    if (type.isHidden() || ignored.ignores(type.getClassLoader(), name.replace('.', '/'))) {
      return false;
    }
    for (String library : LIBRARIES) {
      if (name.startsWith(library)) {
        return !library.equals("io.gild.") && origins.isApplication(type);
      }
    }
    return true;
  }

  private static boolean hasMain(Class<?> type) {
    try {
      return type.getDeclaredMethod("main", String[].class) != null;
    } catch (NoSuchMethodException | LinkageError none) {
      return false;
    }
  }
}
