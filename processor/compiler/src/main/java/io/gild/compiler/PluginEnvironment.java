package io.gild.compiler;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The environment of a processor, built from the task of a plugin. */
final class PluginEnvironment implements ProcessingEnvironment {

  private final JavacTask task;
  private final TreeMessager messager;
  private final Filer filer;
  private final Map<String, String> options;

  PluginEnvironment(JavacTask task, PluginArguments arguments) {
    this.task = task;
    this.messager = new TreeMessager(Trees.instance(task));
    this.filer = new FolderFiler(Path.of(arguments.classes().orElse("")));
    this.options = arguments.options();
  }

  @Override
  public Map<String, String> getOptions() {
    return options;
  }

  @Override
  public TreeMessager getMessager() {
    return messager;
  }

  @Override
  public Filer getFiler() {
    return filer;
  }

  @Override
  public Elements getElementUtils() {
    return task.getElements();
  }

  @Override
  public Types getTypeUtils() {
    return task.getTypes();
  }

  @Override
  public SourceVersion getSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public Locale getLocale() {
    return Locale.getDefault();
  }
}
