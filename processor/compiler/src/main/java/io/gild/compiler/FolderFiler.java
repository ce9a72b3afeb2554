package io.gild.compiler;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.tools.FileObject;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;

/** Finds resources in the folder of class files; it searches no other place, and adds no file. */
final class FolderFiler implements Filer {

  private final Path classes;

  /**
   * @param classes the folder
   */
  FolderFiler(Path classes) {
    this.classes = classes;
  }

  @Override
  public FileObject getResource(Location location, CharSequence pkg, CharSequence relativeName)
      throws IOException {
    if (location != StandardLocation.CLASS_OUTPUT || !pkg.isEmpty()) {
      throw new FileNotFoundException(location.getName() + "/" + relativeName);
    }
    return new Resource(classes.resolve(relativeName.toString()));
  }

  /** Always fails: code with access to the folder writes into it directly. */
  @Override
  public FileObject createResource(
      Location location, CharSequence pkg, CharSequence relativeName, Element... originating)
      throws IOException {
    throw new IOException("a plugin adds no resource " + relativeName);
  }

  /** Always fails: the compilation has all its sources already. */
  @Override
  public JavaFileObject createSourceFile(CharSequence name, Element... originating)
      throws IOException {
    throw new IOException("a plugin adds no source " + name);
  }

  /** Always fails: the compilation has all its classes already. */
  @Override
  public JavaFileObject createClassFile(CharSequence name, Element... originating)
      throws IOException {
    throw new IOException("a plugin adds no class " + name);
  }

  /** A file of the folder. */
  private static final class Resource extends SimpleJavaFileObject {

    private final Path path;

    Resource(Path path) {
      super(path.toUri(), Kind.OTHER);
      this.path = path;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
      return Files.readString(path);
    }

    @Override
    public InputStream openInputStream() throws IOException {
      return Files.newInputStream(path);
    }
  }
}
