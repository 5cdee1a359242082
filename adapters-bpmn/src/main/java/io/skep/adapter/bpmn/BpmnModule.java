package io.skep.adapter.bpmn;

import dagger.Binds;
import dagger.Module;
import io.skep.domain.expression.ProcessReader;

/// Gives the engine the languages of models. Stateless, so that all partitions share it, and loaded
/// with the first model.
@Module
public interface BpmnModule {

  @Binds
  ProcessReader processReader(ResourceReader reader);
}
