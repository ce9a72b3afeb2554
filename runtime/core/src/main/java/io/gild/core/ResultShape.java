package io.gild.core;

/** What a governed method gives back, and when its call is over. */
public enum ResultShape {
  /** Nothing; over at return. */
  VOID,
  /** A value; over at return. */
  VALUE,
  /** A {@link java.util.concurrent.CompletionStage}; over when it completes. */
  FUTURE;

  /**
   * Finds the shape of an erased return type.
   *
   * @param descriptor a method descriptor such as {@code (I)Ljava/lang/String;}
   * @return its shape
   */
  public static ResultShape of(String descriptor) {
    String type = descriptor.substring(descriptor.indexOf(')') + 1);
    return switch (type) {
      case "V" -> VOID;
      case "Ljava/util/concurrent/CompletionStage;", "Ljava/util/concurrent/CompletableFuture;" ->
          FUTURE;
      default -> VALUE;
    };
  }
}
