package io.gild.vectors.lucene;

import io.gild.vectors.VectorEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * An entry as a document of Lucene: the hash of its id, its vector, a stored field with its id and
 * metadata, and terms and points to filter by.
 *
 * @param key the term that no other entry of the partition has
 * @param document the fields
 */
record EntryDocument(Term key, Document document) {

  static final String VECTOR = "vector";

  private static final String KEY = "key";
  private static final String STORED = "entry";

  /** Id and metadata, as stored. */
  record Content(String id, Map<String, Object> metadata) {}

  static EntryDocument of(String id, float[] unit, Map<String, Object> metadata) {
    Term key = key(id);
    Document document = new Document();
    document.add(new StringField(KEY, key.bytes(), Store.NO));
    document.add(new KnnFloatVectorField(VECTOR, unit, VectorSimilarityFunction.DOT_PRODUCT));
    document.add(new StoredField(STORED, bytes(id, metadata)));
    metadata.forEach((name, value) -> index(id, name, value, document));
    return new EntryDocument(key, document);
  }

  static Term key(String id) {
    return new Term(KEY, new BytesRef(TextHashes.of(id)));
  }

  private static void index(String id, String name, Object value, Document document) {
    BytesRef term = MetadataTerms.term(name, value);
    if (term.length > MetadataTerms.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "metadata \"%s\" of %s must have at most %,d digits"
              .formatted(name, id, MetadataTerms.MAX_DIGITS));
    }
    document.add(new StringField(MetadataTerms.FIELD, term, Store.NO));
    if (value instanceof BigDecimal number) {
      document.add(new DoublePoint(MetadataTerms.pointField(name), number.doubleValue()));
    }
  }

  static Content content(Document stored) {
    BytesRef bytes = stored.getBinaryValue(STORED);
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes.bytes, bytes.offset, bytes.length));
    try {
      String id = readText(in);
      int size = in.readInt();
      Map<String, Object> metadata = new HashMap<>();
      for (int i = 0; i < size; i++) {
        metadata.put(readText(in), readValue(in));
      }
      return new Content(id, Map.copyOf(metadata));
    } catch (IOException damaged) {
      throw new UncheckedIOException("a stored entry is damaged; embed the entries again", damaged);
    }
  }

  static VectorEntry entry(Document stored, float[] unit) {
    Content content = content(stored);
    return new VectorEntry(content.id(), unit, content.metadata());
  }

  private static byte[] bytes(String id, Map<String, Object> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      writeText(id, out);
      out.writeInt(metadata.size());
      for (Map.Entry<String, Object> each : metadata.entrySet()) {
        writeText(each.getKey(), out);
        writeValue(each.getValue(), out);
      }
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    return bytes.toByteArray();
  }

  private static void writeValue(Object value, DataOutputStream out) throws IOException {
    char kind = value instanceof BigDecimal ? 'n' : value instanceof Boolean ? 'b' : 't';
    out.writeByte(kind);
    writeText(value.toString(), out);
  }

  private static Object readValue(DataInputStream in) throws IOException {
    int kind = in.readByte();
    String text = readText(in);
    return switch (kind) {
      case 'n' -> new BigDecimal(text);
      case 'b' -> Boolean.valueOf(text);
      default -> text;
    };
  }

  /** Keeps invalid characters, which UTF-8 would replace. */
  private static void writeText(String text, DataOutputStream out) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  private static String readText(DataInputStream in) throws IOException {
    char[] text = new char[in.readInt()];
    for (int i = 0; i < text.length; i++) {
      text[i] = in.readChar();
    }
    return new String(text);
  }
}
