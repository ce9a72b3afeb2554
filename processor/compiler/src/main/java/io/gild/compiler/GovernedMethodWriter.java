package io.gild.compiler;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import io.gild.compiler.AgentModel.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;

/** Writes the method that passes a call through the pipeline. */
final class GovernedMethodWriter {

  private final Method method;
  private final String field;
  private final String target;

  /**
   * @param field constant that holds the governed method
   * @param target the receiver of the body: {@code super} or the delegate
   */
  GovernedMethodWriter(Method method, String field, String target) {
    this.method = method;
    this.field = field;
    this.target = target;
  }

  /** Writes a method that only delegates the call. */
  static MethodSpec plain(
      ExecutableElement element, DeclaredType self, ProcessingEnvironment environment) {
    MethodSpec signature = MethodSpec.overriding(element, self, environment.getTypeUtils()).build();
    boolean returns = !signature.returnType().equals(TypeName.VOID);
    return copy(signature)
        .addStatement(
            "$Ldelegate.$L($L)", returns ? "return " : "", signature.name(), names(signature))
        .build();
  }

  MethodSpec override(DeclaredType self, ProcessingEnvironment environment) {
    MethodSpec signature =
        MethodSpec.overriding(method.element(), self, environment.getTypeUtils()).build();
    return copy(signature).addCode(body(signature)).build();
  }

  /**
   * Copies a signature without {@code synchronized}: the body itself takes the lock, perhaps on
   * another thread, and must not wait for its caller's lock.
   */
  private static MethodSpec.Builder copy(MethodSpec signature) {
    MethodSpec.Builder copy =
        MethodSpec.methodBuilder(signature.name())
            .addAnnotation(Override.class)
            .addTypeVariables(signature.typeVariables())
            .returns(signature.returnType())
            .addParameters(signature.parameters())
            .varargs(signature.varargs())
            .addExceptions(signature.exceptions());
    signature.modifiers().stream()
        .filter(modifier -> modifier == Modifier.PUBLIC || modifier == Modifier.PROTECTED)
        .forEach(copy::addModifiers);
    return copy;
  }

  private static CodeBlock names(MethodSpec signature) {
    return signature.parameters().stream()
        .map(parameter -> CodeBlock.of("$N", parameter.name()))
        .collect(CodeBlock.joining(", "));
  }

  /** Names the parameters; one that receives memories is empty if the caller left it out. */
  private CodeBlock given(MethodSpec signature) {
    List<CodeBlock> given = new ArrayList<>();
    for (int i = 0; i < signature.parameters().size(); i++) {
      ParameterSpec parameter = signature.parameters().get(i);
      if (!method.parameters().get(i).role().isMemory()) {
        given.add(CodeBlock.of("$N", parameter.name()));
      } else if (parameter.type().withoutAnnotations().equals(ClassName.get(String.class))) {
        given.add(
            CodeBlock.of("$T.requireNonNullElse($N, $S)", Objects.class, parameter.name(), ""));
      } else {
        given.add(
            CodeBlock.of(
                "$T.requireNonNullElse($N, $T.of())", Objects.class, parameter.name(), List.class));
      }
    }
    return CodeBlock.join(given, ", ");
  }

  private CodeBlock body(MethodSpec signature) {
    NameAllocator names = new NameAllocator();
    signature.parameters().forEach(parameter -> names.newName(parameter.name(), parameter));
    String call = names.newName("call");
    String failure = names.newName("failure");
    String arguments = names.newName("arguments");
    boolean isVoid = signature.returnType().equals(TypeName.VOID);
    CodeBlock passed = passed(signature);

    CodeBlock.Builder code = CodeBlock.builder();
    code.beginControlFlow("if ($N.idle())", field);
    CodeBlock plainly = run(given(signature));
    code.addStatement(isVoid ? plainly : CodeBlock.of("return $L", plainly));
    if (isVoid) {
      code.addStatement("return");
    }
    code.endControlFlow();
    code.beginControlFlow("if ($N.detached())", field);
    code.add(detached(signature, arguments, passed, isVoid));
    code.endControlFlow();
    code.addStatement("$T $N = $N.begin(this$L)", Names.AGENT_CALL, call, field, passed);
    code.beginControlFlow("while ($N.proceed())", call);
    code.beginControlFlow("try");
    CodeBlock run = run(current(signature, call));
    if (isVoid) {
      code.addStatement(run).addStatement("$N.returned(null)", call);
    } else {
      code.addStatement("$N.returned($L)", call, run);
    }
    code.nextControlFlow("catch (Throwable $N)", failure);
    code.addStatement("$N.threw($N)", call, failure);
    code.endControlFlow();
    code.endControlFlow();
    CodeBlock result = CodeBlock.of("$N.result()", call);
    code.addStatement(isVoid ? result : returned(signature.returnType(), result));
    return code.build();
  }

  private CodeBlock detached(
      MethodSpec signature, String arguments, CodeBlock passed, boolean isVoid) {
    CodeBlock run = run(fromArray(signature, arguments));
    if (isVoid) {
      return CodeBlock.builder()
          .add("$N.call(this, $N -> {\n$>", field, arguments)
          .addStatement(run)
          .addStatement("return null")
          .add("$<}$L);\n", passed)
          .addStatement("return")
          .build();
    }
    CodeBlock call = CodeBlock.of("$N.call(this,$W$N -> $L$L)", field, arguments, run, passed);
    return CodeBlock.builder().addStatement(returned(signature.returnType(), call)).build();
  }

  private CodeBlock run(CodeBlock arguments) {
    return CodeBlock.of("$L.$L($L)", target, method.name(), arguments);
  }

  private static CodeBlock returned(TypeName type, CodeBlock value) {
    return type.equals(ClassName.OBJECT)
        ? CodeBlock.of("return $L", value)
        : CodeBlock.of("return ($T) $L", type.withoutAnnotations(), value);
  }

  /** Writes the arguments after a comma; a single array must not be passed as the list itself. */
  private CodeBlock passed(MethodSpec signature) {
    List<ParameterSpec> parameters = signature.parameters();
    if (parameters.isEmpty()) {
      return CodeBlock.of("");
    }
    boolean hasArray =
        method.element().getParameters().stream()
            .anyMatch(parameter -> parameter.asType() instanceof ArrayType);
    return hasArray
        ? CodeBlock.of(",$Wnew Object[] {$L}", given(signature))
        : CodeBlock.of(", $L", given(signature));
  }

  /** Reads back the arguments that policies fill, and names the others. */
  private CodeBlock current(MethodSpec signature, String call) {
    CodeBlock.Builder code = CodeBlock.builder();
    List<ParameterSpec> parameters = signature.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      code.add(i == 0 ? "" : ", ");
      if (method.parameters().get(i).role().isFilled()) {
        code.add("($T) $N.argument($L)", parameters.get(i).type().withoutAnnotations(), call, i);
      } else {
        code.add("$N", parameters.get(i).name());
      }
    }
    return code.build();
  }

  private static CodeBlock fromArray(MethodSpec signature, String array) {
    CodeBlock.Builder code = CodeBlock.builder();
    List<ParameterSpec> parameters = signature.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      TypeName type = parameters.get(i).type().withoutAnnotations();
      code.add(i == 0 ? "" : ", ");
      code.add(type.equals(ClassName.OBJECT) ? CodeBlock.of("") : CodeBlock.of("($T) ", type));
      code.add("$N[$L]", array, i);
    }
    return code.build();
  }
}
