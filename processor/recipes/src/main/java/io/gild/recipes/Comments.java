package io.gild.recipes;

import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;

/** Looks for comments in code that a recipe would remove. */
final class Comments extends JavaVisitor<Integer> {

  private final J kept;
  private boolean found;

  private Comments(J kept) {
    this.kept = kept;
  }

  /** Returns whether code has comments outside of the part that is kept. */
  static boolean areIn(J code, J kept) {
    Comments comments = new Comments(kept);
    comments.visit(code, 0);
    return comments.found;
  }

  @Override
  public J visitReturn(J.Return each, Integer context) {
    return each == kept ? each : super.visitReturn(each, context);
  }

  @Override
  public Space visitSpace(
      @org.jspecify.annotations.Nullable Space space, Space.Location place, Integer context) {
    found |= space != null && !space.getComments().isEmpty();
    return space == null ? Space.EMPTY : space;
  }
}
