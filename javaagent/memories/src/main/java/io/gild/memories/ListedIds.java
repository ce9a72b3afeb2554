package io.gild.memories;

import io.gild.weaver.spi.WovenCall;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ids of the memories in the heap, together with those of the sessions. */
final class ListedIds extends WovenCall.Watched {

  private final StoredMemories memories;
  private @Nullable Object all;

  ListedIds(StoredMemories memories) {
    this.memories = memories;
  }

  @Override
  public void over() {
    all = super.result();
    if (failure() == null && all instanceof List<?> inHeap) {
      Set<Object> ids = new LinkedHashSet<>(inHeap);
      ids.addAll(memories.ids());
      all = new ArrayList<>(ids);
    }
  }

  @Override
  public @Nullable Object result() {
    return all;
  }
}
