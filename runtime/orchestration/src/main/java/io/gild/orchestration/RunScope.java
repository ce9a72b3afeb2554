package io.gild.orchestration;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the nodes of a workflow see of a run. Thread-safe.
 *
 * @param id name of the run
 * @param tenant on whose behalf it works; may be empty
 * @param workflow name of the workflow
 * @param version version of the workflow
 * @param steps its record
 * @param threads its threads
 * @param budget its money
 * @param signal whether it must stop
 * @param cancelActions actions of running steps
 * @param compensations how to undo the finished steps, by their paths
 */
record RunScope(
    String id,
    String tenant,
    String workflow,
    String version,
    RunSteps steps,
    RunThreads threads,
    RunBudget budget,
    RunSignal signal,
    CancelActions cancelActions,
    Map<String, Undo> compensations) {

  /** Undoes a finished step. */
  interface Undo {
    void run() throws Exception;
  }

  static Map<String, Undo> noCompensations() {
    return new ConcurrentHashMap<>();
  }
}
