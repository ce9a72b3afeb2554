package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.MethodSpec;
import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the present stack where the application asks a model.
 *
 * <p>The application is what is neither JDK, agent, proxy nor a library of {@link #LIBRARIES}. Its
 * agent is taken to be the outermost method that takes a text and returns something, outside of the
 * program's main class; if there is none, the outermost method of the class that asks.
 */
final class ApplicationStack {

  private static final int MOST_FRAMES = 64;

  /** What applications are made with. */
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

  ApplicationStack(IgnoredClasses ignored) {
    this.ignored = ignored;
  }

  /** Returns where the present call comes from; null if no frame is the application's. */
  @Nullable CallSite find(AgentCall call) {
    List<StackFrame> frames =
        WALKER.walk(stack ->
            stack
                .filter(frame -> applications.get(frame.getDeclaringClass()))
                .limit(MOST_FRAMES)
                .toList());
    MethodSpec agent = agentAround(call);
    if (frames.isEmpty()) {
      return agent == null ? null : new CallSite(agent.agent(), method(agent), method(agent), 0);
    }
    StackFrame asking = frames.get(0);
    return new CallSite(
        agent == null ? "" : agent.agent(),
        agent == null ? method(entry(frames)) : method(agent),
        method(asking),
        Math.max(0, asking.getLineNumber()));
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

  private StackFrame entry(List<StackFrame> frames) {
    StackFrame speaking = null;
    for (StackFrame frame : frames) {
      if (answersText(frame) && !programs.get(frame.getDeclaringClass())) {
        speaking = frame;
      }
    }
    return speaking == null ? outermostOfClass(frames) : speaking;
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
      return method(
          around.getDeclaringClass().getName(),
          around.getName(),
          MethodType.methodType(around.getReturnType(), around.getParameterTypes())
              .toMethodDescriptorString());
    }
    return method(frame.getClassName(), frame.getMethodName(), frame.getDescriptor());
  }

  /** Returns the method in whose source a class without a name stands; null if it has one. */
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
    String written = written(name);
    return new CallSite.Method(className, written, written.equals(name) ? descriptor : "");
  }

  /** Returns the method in whose source a lambda's code stands. */
  private static String written(String name) {
    if (!name.startsWith("lambda$")) {
      return name;
    }
    int end = name.lastIndexOf('$');
    return end > "lambda$".length() ? name.substring("lambda$".length(), end) : name;
  }

  /** Tells whether a class is the application's own. */
  boolean isApplication(Class<?> type) {
    String name = type.getName();
    if (type.isHidden() || ignored.ignores(type.getClassLoader(), name.replace('.', '/'))) {
      return false;
    }
    for (String library : LIBRARIES) {
      if (name.startsWith(library)) {
        return false;
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
