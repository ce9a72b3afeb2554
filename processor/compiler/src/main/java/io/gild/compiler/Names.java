package io.gild.compiler;

import com.palantir.javapoet.ClassName;

/** Names of types that the processor uses without depending on them. */
final class Names {

  static final String ANNOTATIONS = "io.gild.annotations.";
  static final String CORE = "io.gild.core";
  static final String ORCHESTRATION = "io.gild.orchestration.";
  static final String VALIDATOR = "io.gild.evaluation.spi.Validator";

  static final String GOVERNED_NAME = CORE + ".Governed";

  static final ClassName GOVERNED = ClassName.get(CORE, "Governed");
  static final ClassName WRAPPED_METHOD = ClassName.get(CORE, "WrappedMethod");
  static final ClassName AGENT_CALL = ClassName.get(CORE, "AgentCall");

  private Names() {}
}
