package io.skep.domain.engine;

import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ProcessModel;
import java.util.AbstractList;
import java.util.List;

/// What stands for a process definition that is not there yet when an instance of it is restored.
/// Nothing looks at elements until the instance comes back to memory, with the definition itself.
final class StandIn {
  private static final Resource NO_FILE = new Resource("", new byte[0]);
  private static final ProcessModel NO_MODEL = new ProcessModel("", new NoElements(), List.of());

  private StandIn() {}

  private static final class NoElements extends AbstractList<Element> {
    @Override
    public Element get(int index) {
      return null;
    }

    @Override
    public int size() {
      return 0;
    }
  }

  static ProcessDefinition of(long key) {
    return new ProcessDefinition(new DeployedProcess("", 0, key, NO_FILE, "", false), NO_MODEL);
  }
}
