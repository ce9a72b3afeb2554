package io.gild.a2a.server;

import io.gild.a2a.A2aException;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aTask;

/** Receives the changes of a task, in the order of its events; never waits. */
interface TaskListener {

  /** The task, when the listener joins it or it comes to be. */
  void task(A2aTask task);

  /** A change. */
  void event(EventText event);

  /** The agent has answered without a task. */
  void reply(A2aMessage message);

  /** The task has ended, or waits for the user. */
  void settled(A2aTask task);

  /** There is no task, because the agent failed first. */
  void failed(A2aException failure);
}
