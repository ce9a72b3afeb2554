package com.acme.fleet;

import java.util.List;

/**
 * What is particular to a way of calling a model. In the texts {@code STATIC} stands for the
 * modifier of static members, if there is one, and {@code MODEL} and {@code PROMPT} for literals.
 *
 * @param imports qualified names
 * @param fields members above the method
 * @param body statements that answer {@code question}
 * @param members members below the method
 */
record Source(List<String> imports, String fields, String body, String members) {

  Source {
    imports = List.copyOf(imports);
  }
}
