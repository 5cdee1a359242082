package io.skep.domain.engine.incident;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.ElementCommand.ResumeElement;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.incident.IncidentEvent.*;
import io.skep.domain.engine.job.Job;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.ValueType;
import java.util.List;

/// Element instances that cannot go on without help, and how they go on.
public final class Incidents {
  private Incidents() {}

  public static void process(IncidentCommand command, Turn turn) {
    switch (command) {
      case ResolveIncident(long key) -> resolve(key, turn);
    }
  }

  private static void resolve(long key, Turn turn) {
    Incident incident = turn.state().incidents().get(key);
    if (incident == null) {
      turn.reject(
          Reason.NOT_FOUND, "Expected an incident with key '%d', but there is none".formatted(key));
      return;
    }
    IncidentCreated created = incident.created();
    if (created.jobKey() != 0) {
      Job job = turn.state().jobs().get(created.jobKey());
      if (created.type() == IncidentType.JOB_NO_RETRIES && job.retries() <= 0) {
        turn.reject(
            Reason.NOT_FOUND,
            "Expected job '%d' of incident '%d' to have retries, but it has %d: update its retries first"
                .formatted(job.key(), key, job.retries()));
        return;
      }
    }
    end(key, turn);
    if (created.jobKey() == 0) turn.then(new ResumeElement(created.elementInstanceKey()));
    turn.answer(new Answer.Done(key));
  }

  /// Stops an element instance where it is.
  public static void raise(ElementInstance self, IncidentType type, String message, Turn turn) {
    turn.append(new IncidentCreated(turn.nextKey(), type, message, self.key(), 0, self.place()));
  }

  /// Stops a job where it is.
  public static void raise(Job job, IncidentType type, String message, Turn turn) {
    long elementInstanceKey = job.origin().elementInstanceKey();
    turn.append(
        new IncidentCreated(
            turn.nextKey(), type, message, elementInstanceKey, job.key(), job.origin().place()));
  }

  /// The incident is over, because it was resolved or because what it stopped has ended.
  public static void end(long key, Turn turn) {
    IncidentCreated of = turn.state().incidents().get(key).created();
    turn.append(
        new IncidentResolved(
            key, of.type(), of.message(), of.elementInstanceKey(), of.jobKey(), of.place()));
  }

  /// Says why an expression did not give what was wanted.
  public static String describe(Expression expression, Evaluation evaluation, ValueType expected) {
    var text = new StringBuilder();
    switch (evaluation) {
      case Evaluation.Failure failure -> text.append(failure.message());
      case Evaluation.Value value ->
          text.append(
              "Expected result of the expression '%s' to be '%s', but was '%s'."
                  .formatted(expression.text(), expected, value.type()));
    }
    List<String> warnings = evaluation.warnings();
    if (!warnings.isEmpty()) {
      text.append(" The evaluation reported the following warnings:");
      warnings.forEach(warning -> text.append('\n').append(warning));
    }
    return text.toString();
  }
}
