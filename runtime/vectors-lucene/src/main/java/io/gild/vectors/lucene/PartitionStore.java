package io.gild.vectors.lucene;

import java.io.IOException;
import org.apache.lucene.store.Directory;

/** Where the files of partitions are. */
interface PartitionStore {

  /** Returns whether changes can be made durable. */
  boolean durable();

  /** Returns whether there are files of a partition that nothing has opened yet. */
  boolean exists(String partition);

  /** Creates or opens the files of a partition. */
  Directory directory(String partition) throws IOException;

  /** Deletes the files of a partition that was closed. */
  void delete(String partition) throws IOException;

  void close() throws IOException;
}
