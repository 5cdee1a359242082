package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Refused;
import java.util.ArrayList;
import java.util.List;

/// Writes down what it hears: counters of jobs, "done", a reason or a message.
final class FakeWorker implements JobActivation.Receiver {
  final List<String> heard = new ArrayList<>();
  boolean takes = true;

  @Override
  public boolean onJobs(List<ActivatedJob> jobs) {
    if (!takes) return false;
    var counters = jobs.stream().map(job -> Long.toString(job.key() - Routing.key(1, 0)));
    heard.add(String.join(",", counters.toList()));
    return true;
  }

  @Override
  public void onDone() {
    heard.add("done");
  }

  @Override
  public void onFailure(Reply reply) {
    heard.add(
        switch (reply) {
          case Refused refused -> refused.reason().name();
          case Reply.Answered(Rejection rejection) -> rejection.message();
          case Reply.Answered other -> other.toString();
        });
    assertTrue(heard.size() == 1, "a failure comes alone");
  }
}
