package io.gild.junit;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;

/** An agent with golden tasks. */
final class AgentDescriptor extends AbstractTestDescriptor {

  AgentDescriptor(UniqueId id, String name, String type) {
    super(id, name, ClassSource.from(type));
  }

  @Override
  public Type getType() {
    return Type.CONTAINER;
  }
}
