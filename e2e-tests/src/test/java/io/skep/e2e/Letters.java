package io.skep.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.camunda.zeebe.client.api.response.ActivatedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// What clients were told of messages, which instances got them, and what of it cannot be.
///
/// At least as many instances wait for a correlation key as messages are sent to it, so that each
/// message must come to one, and a message that came twice would be seen in two of them.
final class Letters {
  /// Variable that tells for which correlation key an instance waits.
  static final String KEY = "key";

  /// Variable that comes with the message: [Letter#id].
  static final String CONTENT = "content";

  private static final int UNKNOWN = 0;

  private final Map<String, Set<Long>> instances = new ConcurrentHashMap<>();
  private final Set<String> unsureKeys = ConcurrentHashMap.newKeySet();

  /// The partition by the id of the letter, [#UNKNOWN] if nobody was told.
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  private final LongAdder repetitions = new LongAdder();
  private final Set<Reading> readings = ConcurrentHashMap.newKeySet();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  /// @param key the correlation key
  /// @param number among those with the same key
  record Letter(String key, int number) {
    /// The message's id, and all that is in it.
    String id() {
      return key + "/" + number;
    }
  }

  /// What a worker saw of an instance. The same job may be seen again after its time-out.
  private record Reading(long instanceKey, long jobKey, String key, String content) {}

  void created(String key, long instanceKey) {
    instances.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet()).add(instanceKey);
  }

  /// An answer was lost: there may be one more instance than those that are known.
  void maybeCreated(String key) {
    unsureKeys.add(key);
  }

  /// @param messageKey as the client was told
  void accepted(Letter letter, long messageKey) {
    if (acknowledged.put(letter.id(), Models.partitionOf(messageKey)) != null) {
      violations.add("message %s was accepted twice".formatted(letter.id()));
    }
  }

  /// It was refused because it is there already.
  ///
  /// @param again whether it had been sent before, with or without an answer
  void known(Letter letter, boolean again) {
    repetitions.increment();
    if (again) acknowledged.putIfAbsent(letter.id(), UNKNOWN);
    else violations.add("message %s was there before it was sent".formatted(letter.id()));
  }

  void refused(String what, Throwable failure) {
    violations.add("%s was refused: %s".formatted(what, failure.getMessage()));
  }

  void read(ActivatedJob job) {
    var variables = job.getVariablesAsMap();
    readings.add(
        new Reading(
            job.getProcessInstanceKey(),
            job.getKey(),
            String.valueOf(variables.get(KEY)),
            String.valueOf(variables.get(CONTENT))));
  }

  /// Acknowledged messages that no instance has got yet.
  Set<String> unread() {
    var unread = new TreeSet<>(acknowledged.keySet());
    readings.forEach(reading -> unread.remove(reading.content));
    return unread;
  }

  int acknowledgedCount() {
    return acknowledged.size();
  }

  /// How often a message was refused because it was there already.
  long repetitionCount() {
    return repetitions.sum();
  }

  /// How many messages were acknowledged by each partition, as far as it is known.
  Map<Integer, Long> countByPartition() {
    return acknowledged.values().stream()
        .filter(partition -> partition != UNKNOWN)
        .collect(groupingBy(Function.identity(), TreeMap::new, counting()));
  }

  /// To be asked when nothing happens any more.
  List<String> violations() {
    var all = new ArrayList<>(violations);
    unread().forEach(id -> all.add("message %s was acknowledged and came to nobody".formatted(id)));
    valuesBy(Reading::content, Reading::instanceKey)
        .forEach(
            (content, keys) -> {
              if (keys.size() > 1) all.add("message %s came to %s".formatted(content, keys));
            });
    valuesBy(Reading::instanceKey, reading -> reading.jobKey + " with " + reading.content)
        .forEach(
            (instance, jobs) -> {
              if (jobs.size() > 1) all.add("instance %d went on as %s".formatted(instance, jobs));
            });
    readings.forEach(reading -> checkReader(reading, all));
    return all;
  }

  private <K, V> Map<K, Set<V>> valuesBy(Function<Reading, K> key, Function<Reading, V> value) {
    return readings.stream().collect(groupingBy(key, mapping(value, toSet())));
  }

  private void checkReader(Reading reading, List<String> violations) {
    if (!reading.content.startsWith(reading.key + "/")) {
      violations.add("message for another: %s".formatted(reading));
    }
    if (!unsureKeys.contains(reading.key)
        && !instances.getOrDefault(reading.key, Set.of()).contains(reading.instanceKey)) {
      violations.add("message for an instance that nobody has created: %s".formatted(reading));
    }
  }
}
