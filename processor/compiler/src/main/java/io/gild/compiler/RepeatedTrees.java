package io.gild.compiler;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/**
 * Finds repeated annotations in the source: the compiler keeps them inside of a container that is
 * not in the source, and does not find them again.
 */
final class RepeatedTrees {

  private final Trees trees;

  RepeatedTrees(Trees trees) {
    this.trees = trees;
  }

  /**
   * Returns the place of a repeated annotation of a method, or of its value if that is written.
   *
   * @return {@code null} if the annotation is not a repeated one
   */
  @Nullable TreePath find(
      Element element, AnnotationMirror annotation, @Nullable AnnotationValue value) {
    int index = indexInContainer(element, annotation);
    TreePath path = index < 0 ? null : trees.getPath(element);
    if (path == null || !(path.getLeaf() instanceof MethodTree method)) {
      return null;
    }
    List<AnnotationTree> written = new ArrayList<>();
    for (AnnotationTree each : method.getModifiers().getAnnotations()) {
      if (isOf(annotation, each, path)) {
        written.add(each);
      }
    }
    if (index >= written.size()) {
      return null;
    }
    TreePath found = TreePath.getPath(path, written.get(index));
    Tree inside = value == null ? null : treeOf(value, annotation, written.get(index));
    return inside == null ? found : TreePath.getPath(found, inside);
  }

  private static int indexInContainer(Element element, AnnotationMirror annotation) {
    for (AnnotationMirror each : element.getAnnotationMirrors()) {
      for (AnnotationValue value : each.getElementValues().values()) {
        if (value.getValue() instanceof List<?> items) {
          for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof AnnotationValue item && item.getValue() == annotation) {
              return i;
            }
          }
        }
      }
    }
    return -1;
  }

  private boolean isOf(AnnotationMirror annotation, AnnotationTree tree, TreePath method) {
    TreePath type = TreePath.getPath(method, tree.getAnnotationType());
    return annotation.getAnnotationType().asElement().equals(trees.getElement(type));
  }

  private static @Nullable Tree treeOf(
      AnnotationValue value, AnnotationMirror annotation, AnnotationTree tree) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        annotation.getElementValues().entrySet()) {
      String attribute = entry.getKey().getSimpleName().toString();
      if (entry.getValue() == value) {
        return expression(attribute, tree);
      }
      if (entry.getValue().getValue() instanceof List<?> items && items.contains(value)) {
        return item(expression(attribute, tree), index(value, items));
      }
    }
    return null;
  }

  private static int index(AnnotationValue value, List<?> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) == value) {
        return i;
      }
    }
    return items.indexOf(value);
  }

  private static @Nullable ExpressionTree expression(String attribute, AnnotationTree tree) {
    for (ExpressionTree argument : tree.getArguments()) {
      if (argument instanceof AssignmentTree assignment) {
        if (assignment.getVariable().toString().equals(attribute)) {
          return assignment.getExpression();
        }
      } else if (attribute.equals("value")) {
        return argument;
      }
    }
    return null;
  }

  private static @Nullable Tree item(@Nullable ExpressionTree expression, int index) {
    return expression instanceof NewArrayTree array && index < array.getInitializers().size()
        ? array.getInitializers().get(index)
        : expression;
  }
}
