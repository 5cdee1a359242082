package io.skep.domain.engine.message;

import io.skep.domain.engine.store.Fingerprints;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.SortedPairs;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Finds what is at addresses, in the order of keys. Everything has a mark, so that what is of no
/// use need not be looked at however much there is of it.
///
/// Knows addresses by their [Fingerprints] only: whoever finds something has to see whether it is
/// what was meant.
///
/// @param <M> marks: of few values, which can be compared
final class AddressIndex<M> implements Journal.Undoable {
  /// Keys by the fingerprint of an address and a mark.
  private final SortedPairs keys = new SortedPairs();

  /// Which marks there are. Names are few, other than correlation keys.
  private final Map<Name, Map<M, Use>> uses = new HashMap<>();

  private final Journal journal;
  private final Fingerprints fingerprints;
  private long lastNumber;

  AddressIndex(Journal journal, Fingerprints fingerprints) {
    this.journal = journal;
    this.fingerprints = fingerprints;
  }

  private record Name(String tenantId, String messageName) {
    static Name of(Address address) {
      return new Name(address.tenantId(), address.messageName());
    }
  }

  /// Of a mark for a name.
  private static final class Use {
    /// Stands for the mark.
    final long number;

    int count;

    Use(long number) {
      this.number = number;
    }
  }

  private record Change<M>(Address address, M mark, boolean added) {}

  int size() {
    return keys.size();
  }

  /// Marks that something with the name of this address has, in no order.
  Set<M> marks(Address address) {
    return usesOf(address).keySet();
  }

  private Map<M, Use> usesOf(Address address) {
    return uses.getOrDefault(Name.of(address), Collections.emptyMap());
  }

  /// The lowest key above one, of what may be at an address with one of some marks; 0 if there is
  /// none.
  ///
  /// @param above 0 for the lowest of all
  long after(Address address, Predicate<M> marks, long above) {
    long place = fingerprintOf(address);
    long lowest = 0;
    for (var each : usesOf(address).entrySet()) {
      if (!marks.test(each.getKey())) continue;
      long key = keys.minorAbove(fingerprints.and(place, each.getValue().number), above, 0);
      if (key != 0 && (lowest == 0 || key < lowest)) lowest = key;
    }
    return lowest;
  }

  private long fingerprintOf(Address address) {
    long fingerprint = fingerprints.of(address.correlationKey());
    fingerprint = fingerprints.and(fingerprint, address.messageName());
    return fingerprints.and(fingerprint, address.tenantId());
  }

  void add(Address address, M mark, long key) {
    put(address, mark, key);
    journal.note(this, key, new Change<>(address, mark, true));
  }

  void remove(Address address, M mark, long key) {
    drop(address, mark, key);
    journal.note(this, key, new Change<>(address, mark, false));
  }

  private void put(Address address, M mark, long key) {
    Use use =
        uses.computeIfAbsent(Name.of(address), _ -> new HashMap<>(2))
            .computeIfAbsent(mark, _ -> new Use(++lastNumber));
    use.count++;
    if (!keys.add(fingerprints.and(fingerprintOf(address), use.number), key))
      throw new IllegalStateException(
          "Expected %d to be new at %s, but it is there".formatted(key, address));
  }

  private void drop(Address address, M mark, long key) {
    Map<M, Use> ofName = usesOf(address);
    Use use = ofName.get(mark);
    if (use == null || !keys.remove(fingerprints.and(fingerprintOf(address), use.number), key)) {
      throw new IllegalStateException(
          "Expected %d to be at %s, but it is not there".formatted(key, address));
    }
    if (--use.count > 0) return;
    ofName.remove(mark);
    if (ofName.isEmpty()) uses.remove(Name.of(address));
  }

  @Override
  @SuppressWarnings("unchecked")
  public void undo(long key, Object value) {
    var change = (Change<M>) value;
    if (change.added) drop(change.address, change.mark, key);
    else put(change.address, change.mark, key);
  }
}
