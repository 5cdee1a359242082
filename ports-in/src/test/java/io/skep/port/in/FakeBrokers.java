package io.skep.port.in;

import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import java.util.ArrayList;
import java.util.List;

/// Keeps what was sent until the test answers it.
final class FakeBrokers implements BrokerClient {
  /// Everything that was ever sent.
  final List<Sent> sent = new ArrayList<>();

  /// Whether what is sent leaves this process.
  boolean connected = true;

  /// What happens meanwhile.
  Runnable onSend = () -> {};

  private JobsAvailable news;

  @Override
  public Dispatch send(
      Broker broker, int partitionId, Command command, long timeoutMs, Reply.Listener listener) {
    sent.add(new Sent(broker.nodeId(), partitionId, command, timeoutMs, listener));
    onSend.run();
    boolean left = connected;
    return () -> !left;
  }

  @Override
  public void onJobsAvailable(JobsAvailable listener) {
    news = listener;
  }

  JobsAvailable news() {
    return news;
  }

  Sent last() {
    return sent.getLast();
  }

  /// Which partitions were asked, in order.
  List<Integer> partitions() {
    return sent.stream().map(Sent::partitionId).toList();
  }

  record Sent(
      int nodeId, int partitionId, Command command, long timeoutMs, Reply.Listener listener) {

    void answer(Answer answer) {
      listener.onReply(new Reply.Answered(answer));
    }

    void refuse(Reason reason) {
      refuse(reason, -1);
    }

    void refuse(Reason reason, int leader) {
      listener.onReply(new Reply.Refused(reason, "refused by " + nodeId, leader));
    }
  }
}
