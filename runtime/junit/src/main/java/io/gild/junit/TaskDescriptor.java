package io.gild.junit;

import io.gild.evaluation.GoldenTests;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.opentest4j.TestAbortedException;

/** A golden task. */
final class TaskDescriptor extends AbstractTestDescriptor {

  private final DeclaredAgent agent;
  private final GoldenSet.Task task;

  TaskDescriptor(UniqueId id, DeclaredAgent agent, GoldenSet.Task task) {
    super(id, task.spec().id(), ClassSource.from(agent.type()));
    this.agent = agent;
    this.task = task;
  }

  @Override
  public Type getType() {
    return Type.TEST;
  }

  @Override
  public Set<TestTag> getTags() {
    Set<TestTag> tags = new LinkedHashSet<>();
    for (String tag : task.spec().tags()) {
      if (TestTag.isValid(tag)) {
        tags.add(TestTag.create(tag));
      }
    }
    return tags;
  }

  void execute(EngineExecutionListener listener) {
    listener.executionStarted(this);
    listener.executionFinished(this, run());
  }

  private TestExecutionResult run() {
    try {
      GoldenTests.run(
          agent.type(), task.method().name(), task.method().descriptor(), task.spec().id());
      return TestExecutionResult.successful();
    } catch (TestAbortedException aborted) {
      return TestExecutionResult.aborted(aborted);
    } catch (Throwable failure) {
      return TestExecutionResult.failed(failure);
    }
  }
}
