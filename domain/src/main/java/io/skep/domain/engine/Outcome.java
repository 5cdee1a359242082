package io.skep.domain.engine;

import java.util.ArrayList;
import java.util.List;

/// What came of a command, and what it asks of the outside. Only the leader acts on it. Valid until
/// the next command.
public final class Outcome {
  Answer answer;
  final List<Reply> replies = new ArrayList<>();
  final List<Long> abandoned = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<Record> records = new ArrayList<>();
  final List<String> availableJobTypes = new ArrayList<>();
  boolean hasMail;
  RuntimeException fault;

  private int repliesBefore;
  private int abandonedBefore;
  private int eventsBefore;
  private int recordsBefore;

  void clear() {
    answer = null;
    replies.clear();
    abandoned.clear();
    events.clear();
    records.clear();
    availableJobTypes.clear();
    hasMail = false;
    fault = null;
  }

  /// Remembers what has been said so far.
  void mark() {
    repliesBefore = replies.size();
    abandonedBefore = abandoned.size();
    eventsBefore = events.size();
    recordsBefore = records.size();
  }

  /// Drops what an undone turn has said since the mark. News of jobs and mail may stay: nobody is
  /// harmed by a second look.
  void rollback() {
    answer = null;
    replies.subList(repliesBefore, replies.size()).clear();
    abandoned.subList(abandonedBefore, abandoned.size()).clear();
    events.subList(eventsBefore, events.size()).clear();
    records.subList(recordsBefore, records.size()).clear();
  }

  /// What to tell the sender of the command, or `null` if it has to wait.
  public Answer answer() {
    return answer;
  }

  /// Answers to senders of earlier commands.
  public List<Reply> replies() {
    return replies;
  }

  /// Requests that will never be answered, since what they wait for cannot happen any more.
  public List<Long> abandoned() {
    return abandoned;
  }

  public List<Event> events() {
    return events;
  }

  /// The command, its follow-ups and the events in the order of their positions. Empty unless the
  /// engine makes records.
  public List<Record> records() {
    return records;
  }

  /// Types of which there are jobs to be had that were not there before.
  public List<String> availableJobTypes() {
    return availableJobTypes;
  }

  /// Whether there are new messages for other partitions.
  public boolean hasMail() {
    return hasMail;
  }

  /// The bug that undid the turn or a part of it, or `null`.
  public RuntimeException fault() {
    return fault;
  }

  /// @param request the number of the request to answer
  public record Reply(long request, Answer answer) {}
}
