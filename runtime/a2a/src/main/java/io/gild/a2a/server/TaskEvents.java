package io.gild.a2a.server;

import io.gild.a2a.A2aEvent;
import io.gild.a2a.spi.PushTarget;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import java.util.List;

/** Where a task's changes go beside its listeners. */
interface TaskEvents {

  /** Stores the task. */
  void store(TaskOwner owner, StoredTask stored);

  /** Pushes an event to the targets; never waits. */
  void push(TaskOwner owner, StoredTask stored, A2aEvent event, List<PushTarget> targets);
}
