package io.gild.vectors.lucene;

import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** Files in memory, which end with the partition that opened them. */
final class HeapStore implements PartitionStore {

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public boolean exists(String partition) {
    return false;
  }

  @Override
  public Directory directory(String partition) {
    return new ByteBuffersDirectory();
  }

  @Override
  public void delete(String partition) {}

  @Override
  public void close() {}
}
