package io.gild.compiler;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/**
 * Places messages at repeated annotations, which javac's own messager places at the element;
 * delegates all other messages.
 */
final class RepeatedMessager implements Messager {

  private final Messager messager;
  private final Trees trees;
  private final RepeatedTrees repeated;

  private RepeatedMessager(Messager messager, Trees trees) {
    this.messager = messager;
    this.trees = trees;
    this.repeated = new RepeatedTrees(trees);
  }

  /** Returns a messager for an environment; its own one if the compiler shows no trees. */
  static Messager of(ProcessingEnvironment environment) {
    Messager messager = environment.getMessager();
    if (messager instanceof TreeMessager) {
      return messager; // the plugin's, which places messages at trees itself
    }
    try {
      return new RepeatedMessager(messager, Trees.instance(environment));
    } catch (RuntimeException | LinkageError e) {
      return messager;
    }
  }

  @Override
  public void printMessage(Diagnostic.Kind kind, CharSequence text) {
    messager.printMessage(kind, text);
  }

  @Override
  public void printMessage(Diagnostic.Kind kind, CharSequence text, Element element) {
    messager.printMessage(kind, text, element);
  }

  @Override
  public void printMessage(
      Diagnostic.Kind kind, CharSequence text, Element element, AnnotationMirror annotation) {
    TreePath path = repeated.find(element, annotation, null);
    if (path == null) {
      messager.printMessage(kind, text, element, annotation);
    } else {
      print(kind, text, path);
    }
  }

  @Override
  public void printMessage(
      Diagnostic.Kind kind,
      CharSequence text,
      Element element,
      AnnotationMirror annotation,
      AnnotationValue value) {
    TreePath path = repeated.find(element, annotation, value);
    if (path == null) {
      messager.printMessage(kind, text, element, annotation, value);
    } else {
      print(kind, text, path);
    }
  }

  private void print(Diagnostic.Kind kind, CharSequence text, TreePath path) {
    trees.printMessage(kind, text, path.getLeaf(), path.getCompilationUnit());
  }
}
