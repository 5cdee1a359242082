package io.skep.domain.engine.element;

import io.skep.domain.expression.Expression;
import java.util.List;

/// What every deployed element has.
///
/// @param index its place in [ProcessModel#elements]
/// @param id the id in the file
/// @param scope index of the container it lies in, -1 for the process itself
/// @param incoming flows that end here
/// @param outgoing flows that start here, in the order in which they are taken: the reverse of
///   their order in the file, which is what models written for Zeebe rely on
/// @param inputs the input mappings as one expression that gives an object of local variables, or
///   `null` if there are none
/// @param outputs the output mappings as one expression that gives an object of variables for the
///   outer scopes, or `null`
/// @param boundaryEvents indexes of the boundary events attached to it, in document order
public record Node(
    int index,
    String id,
    ElementType type,
    int scope,
    List<Flow> incoming,
    List<Flow> outgoing,
    Expression inputs,
    Expression outputs,
    List<Integer> boundaryEvents) {}
