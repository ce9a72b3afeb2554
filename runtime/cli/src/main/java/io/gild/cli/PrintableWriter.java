package io.gild.cli;

import io.gild.config.Printable;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Keeps control characters in foreign names away from a terminal. */
final class PrintableWriter extends FilterWriter {

  PrintableWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c));
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    String printable = Printable.of(text.substring(offset, offset + length));
    out.write(printable, 0, printable.length());
  }
}
