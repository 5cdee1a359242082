package io.skep.domain.engine.element.gateway;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Node;

/// Joins: waits for a token on every incoming flow. Forks: takes every outgoing flow.
public record ParallelGateway(Node node) implements Element {}
