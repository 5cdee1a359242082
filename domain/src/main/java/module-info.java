/// The engine, routing and topology. Needs nothing but the JDK and Agrona's collections.
module io.skep.domain {
  requires org.agrona;

  exports io.skep.domain.cluster;
  exports io.skep.domain.cluster.gossip;
  exports io.skep.domain.engine;
  exports io.skep.domain.engine.deployment;
  exports io.skep.domain.engine.element;
  exports io.skep.domain.engine.element.container;
  exports io.skep.domain.engine.element.event;
  exports io.skep.domain.engine.element.gateway;
  exports io.skep.domain.engine.element.task;
  exports io.skep.domain.engine.incident;
  exports io.skep.domain.engine.instance;
  exports io.skep.domain.engine.job;
  exports io.skep.domain.engine.message;
  exports io.skep.domain.engine.outbox;
  exports io.skep.domain.engine.signal;
  exports io.skep.domain.engine.store;
  exports io.skep.domain.engine.timer;
  exports io.skep.domain.engine.variable;
  exports io.skep.domain.expression;
  exports io.skep.domain.json;
}
