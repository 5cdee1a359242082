package io.skep.domain.engine.variable;

import io.skep.domain.engine.store.Row;
import io.skep.domain.json.JsonObject;
import java.util.Arrays;

/// The variables of one scope, in the order in which they were created.
///
/// Nearly always they are just what one document has brought. As long as they are, and are few, the
/// scope keeps that document; from then on names and values.
public final class VariableScope extends Row {
  /// Larger documents are taken apart, so that names are found by an index.
  private static final int FEW = 16;

  private static final long[] NONE = {};

  private long[] keys = NONE;
  private int size;

  /// The variables are its first members. `null` if they are in [#members].
  private JsonObject document;

  /// `null` if they are in [#document].
  private Members members;

  private boolean shared;

  VariableScope() {}

  private VariableScope(VariableScope other) {
    keys = other.keys;
    size = other.size;
    document = other.document;
    members = other.members;
    shared = true;
  }

  @Override
  protected VariableScope copy() {
    return new VariableScope(this);
  }

  public int size() {
    return size;
  }

  public long key(int i) {
    return keys[i];
  }

  public String name(int i) {
    return members == null ? document.name(i) : members.name(i);
  }

  /// Not to be written to.
  public byte[] value(int i) {
    return members == null ? document.value(i) : members.value(i);
  }

  /// Whether a variable has the value of a document's member.
  boolean hasValue(int i, JsonObject of, int member) {
    return members == null
        ? document.hasValue(i, of, member)
        : of.hasValue(member, members.value(i));
  }

  /// The document that has all variables and no other members, `null` if there is none.
  JsonObject document() {
    return document != null && document.size() == size ? document : null;
  }

  void appendTo(JsonObject.Builder object, int i) {
    if (members == null) object.append(document.name(i), document, i);
    else object.append(members.name(i), members.value(i));
  }

  /// The place of a name, -1 if it is not here.
  public int indexOf(String name) {
    if (members != null) return members.indexOf(name);
    for (int i = 0; i < size; i++) if (document.name(i).equals(name)) return i;
    return -1;
  }

  /// Adds a variable that is a member of a document.
  void add(long key, JsonObject from, int member) {
    unshare();
    if (size == 0 && from.size() <= FEW) document = from;
    if (document == from && member == size) {
      addKey(key, document.size());
    } else {
      takeApart();
      add(key, from.name(member), from.value(member));
    }
  }

  /// Adds a variable.
  void add(long key, String name, byte[] value) {
    takeApart();
    addKey(key, 2 * size);
    members.add(name, value);
  }

  void set(int i, byte[] value) {
    unshare();
    takeApart();
    members.set(i, value);
  }

  private void addKey(long key, int room) {
    if (size == keys.length) keys = Arrays.copyOf(keys, Math.max(room, 1));
    keys[size++] = key;
  }

  private void takeApart() {
    if (members != null) return;
    members = new Members(size);
    for (int i = 0; i < size; i++) members.add(document.name(i), document.value(i));
    document = null;
  }

  private void unshare() {
    if (!shared) return;
    keys = keys.clone();
    if (members != null) members = members.copy();
    shared = false;
  }
}
