package io.gild.libraries;

import io.gild.core.CallKind;

/**
 * A method of a library, as the pipeline sees it.
 *
 * @param kind the kind of call
 * @param className binary name of the type that represents it
 * @param name its name; a tool's own for a tool
 */
record LibraryMethod(CallKind kind, String className, String name) {

  static LibraryMethod chat(String className, String name) {
    return new LibraryMethod(CallKind.CHAT, className, name);
  }

  static LibraryMethod embeddings(String className, String name) {
    return new LibraryMethod(CallKind.EMBEDDINGS, className, name);
  }

  static LibraryMethod tool(String className, String name) {
    return new LibraryMethod(CallKind.TOOL, className, name);
  }
}
