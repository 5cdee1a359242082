package io.skep.domain.engine.element.gateway;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Flow;
import io.skep.domain.engine.element.Node;

/// Takes the first flow whose condition is true, else the default flow.
///
/// @param defaultFlow one of the outgoing flows, or `null` if there is none
public record ExclusiveGateway(Node node, Flow defaultFlow) implements Element {}
