package io.skep.domain.engine.element.task;

import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.Node;

/// Does nothing but pass on: a manual or undefined task, a none throw event.
public record PassThrough(Node node) implements Element {}
