package io.skep.port.in;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What came of entries that are applied and is for others to know: answers, mail, records. An
/// entry's is told once it is committed, and withdrawn if that will not be known any more.
///
/// Taken in on the thread that applies entries. Told on another, perhaps, while the next entries
/// are applied; withdrawn on any.
final class Withheld {
  private final Queue<OfEntry> entries = new ConcurrentLinkedQueue<>();
  private List<News> ofCurrent = new ArrayList<>();

  /// Something that somebody is to be told.
  @FunctionalInterface
  interface News {
    void tell();

    /// What it is about may be lost. Whoever waits for it is told that.
    default void withdraw() {}
  }

  /// Compared by identity: each is taken out once.
  private static final class OfEntry {
    private final long index;
    private final List<News> news;

    OfEntry(long index, List<News> news) {
      this.index = index;
      this.news = news;
    }

    /// Should one fail to be told, those who wait for the rest are not left waiting.
    void tell() {
      int at = 0;
      try {
        while (at < news.size()) news.get(at++).tell();
      } finally {
        while (at < news.size()) news.get(at++).withdraw();
      }
    }
  }

  /// Takes what came of the entry that is being applied.
  void add(News news) {
    ofCurrent.add(news);
  }

  /// All that came of this entry has been added.
  void applied(long index) {
    if (ofCurrent.isEmpty()) return;
    entries.add(new OfEntry(index, ofCurrent));
    ofCurrent = new ArrayList<>();
  }

  /// The entry that is being applied could not be: withdraws what came of it.
  void undone() {
    List<News> withdrawn = ofCurrent;
    ofCurrent = new ArrayList<>();
    withdrawn.forEach(News::withdraw);
  }

  /// Tells what came of entries up to this one. See [io.skep.port.out.Replica#committed].
  void tell(long index) {
    for (OfEntry next; (next = entries.peek()) != null && next.index <= index; ) {
      // Unless it is being withdrawn.
      if (entries.remove(next)) next.tell();
    }
  }

  /// Withdraws what has not been told.
  void withdraw() {
    for (OfEntry next; (next = entries.poll()) != null; ) next.news.forEach(News::withdraw);
  }
}
