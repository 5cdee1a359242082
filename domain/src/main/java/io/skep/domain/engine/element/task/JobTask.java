package io.skep.domain.engine.element.task;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.Element;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.element.Node;
import io.skep.domain.engine.element.event.Subscriptions;
import io.skep.domain.engine.job.Jobs;
import io.skep.domain.expression.Expression;
import io.skep.domain.json.JsonObject;

/// A task that a worker does: a service task, or a send, script or business rule task with a job
/// type.
///
/// @param jobType gives a string
/// @param retries gives a number
/// @param headers what the model tells the worker, by name
public record JobTask(Node node, Expression jobType, Expression retries, JsonObject headers)
    implements Element {

  @Override
  public void enter(ElementInstance self, Turn turn) {
    Jobs.Offer offer = Jobs.offer(self, this, turn);
    if (offer == null || !Subscriptions.open(self, turn)) return;
    Jobs.create(self, offer, turn);
    Elements.activated(self, turn);
  }
}
