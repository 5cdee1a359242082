package io.skep.domain.engine;

import io.skep.domain.engine.store.CommandWriter;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import java.util.ArrayList;
import java.util.List;

/// Follow-ups that were too many for one turn and wait for the next.
public final class FollowUpBacklog implements Journal.Undoable {
  private final Journal journal;
  private List<Command> commands;

  FollowUpBacklog(Journal journal) {
    this(journal, List.of());
  }

  private FollowUpBacklog(Journal journal, List<Command> commands) {
    this.journal = journal;
    this.commands = commands;
  }

  public boolean isEmpty() {
    return commands.isEmpty();
  }

  public List<Command> commands() {
    return commands;
  }

  void add(List<Command> more) {
    var all = new ArrayList<Command>(commands.size() + more.size());
    all.addAll(commands);
    all.addAll(more);
    replace(all);
  }

  void clear() {
    replace(List.of());
  }

  private void replace(List<Command> by) {
    journal.note(this, 0, commands);
    commands = by;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void undo(long key, Object value) {
    commands = (List<Command>) value;
  }

  static void write(List<Command> commands, StateWriter out) {
    out.writeInt(commands.size());
    for (Command command : commands) CommandWriter.write(command, out);
  }

  void read(StateReader in) {
    int count = in.readCount();
    var read = new ArrayList<Command>(count);
    for (int i = 0; i < count; i++) read.add(CommandWriter.read(in));
    commands = read;
  }
}
