package io.gild.compiler;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Finds annotations of Gild in anonymous and local classes and in bodies of enum constants, which
 * annotation processors do not see.
 */
final class LocalClasses {

  private final Trees trees;
  private final Elements elements;
  private final Set<CompilationUnitTree> seen = new HashSet<>();

  LocalClasses(Trees trees, Elements elements) {
    this.trees = trees;
    this.elements = elements;
  }

  /** Warns of each annotated method in a file that has no effect. */
  void check(CompilationUnitTree unit) {
    if (seen.add(unit) && mentionsGild(unit)) {
      unit.accept(new Scanner(unit), null);
    }
  }

  /** Most files have none, and need not be searched. */
  private static boolean mentionsGild(CompilationUnitTree unit) {
    try {
      String text = unit.getSourceFile().getCharContent(true).toString();
      return text.contains(Names.ANNOTATIONS.substring(0, Names.ANNOTATIONS.length() - 1));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {

    private final CompilationUnitTree unit;
    private final Set<String> imported = new HashSet<>();
    private boolean all;
    private boolean insideBody;
    private boolean local;

    Scanner(CompilationUnitTree unit) {
      this.unit = unit;
      for (ImportTree each : unit.getImports()) {
        String name = each.getQualifiedIdentifier().toString();
        if (name.startsWith(Names.ANNOTATIONS)) {
          all |= name.endsWith(".*");
          imported.add(name.substring(Names.ANNOTATIONS.length()));
        }
      }
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      boolean outerLocal = local;
      boolean outerBody = insideBody;
      local |= insideBody;
      insideBody = false;
      for (Tree member : type.getMembers()) {
        insideBody = !(member instanceof ClassTree);
        scan(member, null);
      }
      local = outerLocal;
      insideBody = outerBody;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      if (local) {
        String annotation = annotation(method.getModifiers().getAnnotations());
        if (annotation != null) {
          Message message = Message.METHOD_IN_LOCAL_CLASS;
          trees.printMessage(
              message.severity(), message.format(method.getName(), annotation), method, unit);
        }
      }
      return super.visitMethod(method, null);
    }

    private boolean isOfMethods(String simpleName) {
      TypeElement type = elements.getTypeElement(Names.ANNOTATIONS + simpleName);
      return type != null
          && Mirror.of(type, "java.lang.annotation.Target").stream()
              .flatMap(target -> target.items("value").stream())
              .anyMatch(item -> item.getValue().toString().endsWith("METHOD"));
    }

    private @Nullable String annotation(List<? extends AnnotationTree> annotations) {
      for (AnnotationTree each : annotations) {
        String name = each.getAnnotationType().toString();
        if (name.startsWith(Names.ANNOTATIONS)) {
          return name.substring(Names.ANNOTATIONS.length());
        }
        if (imported.contains(name) || all && isOfMethods(name)) {
          return name;
        }
      }
      return null;
    }
  }
}
