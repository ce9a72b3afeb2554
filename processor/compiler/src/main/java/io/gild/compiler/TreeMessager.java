package io.gild.compiler;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Prints messages at the trees of a compilation; a message without a tree is placed at the current
 * file.
 */
final class TreeMessager implements Messager {

  private final Trees trees;
  private final RepeatedTrees repeated;
  private @Nullable CompilationUnitTree unit;

  TreeMessager(Trees trees) {
    this.trees = trees;
    this.repeated = new RepeatedTrees(trees);
  }

  /** Sets the current file. */
  void at(CompilationUnitTree unit) {
    this.unit = unit;
  }

  @Override
  public void printMessage(Diagnostic.Kind kind, CharSequence text) {
    print(kind, text, null);
  }

  @Override
  public void printMessage(Diagnostic.Kind kind, CharSequence text, Element element) {
    print(kind, text, trees.getPath(element));
  }

  @Override
  public void printMessage(
      Diagnostic.Kind kind, CharSequence text, Element element, AnnotationMirror annotation) {
    TreePath path = repeated.find(element, annotation, null);
    print(kind, text, path == null ? trees.getPath(element, annotation) : path);
  }

  @Override
  public void printMessage(
      Diagnostic.Kind kind,
      CharSequence text,
      Element element,
      AnnotationMirror annotation,
      AnnotationValue value) {
    TreePath path = repeated.find(element, annotation, value);
    print(kind, text, path == null ? trees.getPath(element, annotation, value) : path);
  }

  private void print(Diagnostic.Kind kind, CharSequence text, @Nullable TreePath path) {
    if (path != null) {
      trees.printMessage(kind, text, path.getLeaf(), path.getCompilationUnit());
    } else if (unit != null) {
      trees.printMessage(kind, text, unit, unit);
    }
  }
}
