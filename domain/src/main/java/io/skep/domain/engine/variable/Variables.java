package io.skep.domain.engine.variable;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.domain.engine.variable.VariableEvent.*;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/// Where variables go, and which are seen.
public final class Variables {
  private Variables() {}

  public static void process(VariableCommand command, Turn turn) {
    switch (command) {
      case SetVariables(long key, JsonObject variables, boolean local) -> {
        ElementInstance scope = turn.state().elements().get(key);
        if (scope == null) {
          turn.reject(
              Reason.NOT_FOUND,
              "Expected to set variables of element instance '%d', but there is no such instance"
                  .formatted(key));
          return;
        }
        if (local) setLocal(key, scope.processInstanceKey(), variables, turn);
        else merge(key, variables, turn);
        long setKey = turn.nextKey();
        turn.append(new VariablesSet(setKey, key));
        turn.answer(new Answer.Done(setKey));
      }
    }
  }

  /// Sets variables in this very scope. A value that is there already is no event.
  public static void setLocal(
      long scopeKey, long processInstanceKey, JsonObject variables, Turn turn) {
    for (int i = 0; i < variables.size(); i++) {
      setLocal(scopeKey, processInstanceKey, variables.name(i), variables.value(i), turn);
    }
  }

  private static void setLocal(
      long scopeKey, long processInstanceKey, String name, byte[] value, Turn turn) {
    VariableScope scope = turn.state().variables().get(scopeKey);
    int at = scope == null ? -1 : scope.indexOf(name);
    if (at < 0) {
      turn.append(new VariableCreated(turn.nextKey(), scopeKey, processInstanceKey, name, value));
    } else if (!Arrays.equals(scope.value(at), value)) {
      turn.append(new VariableUpdated(scope.key(at), scopeKey, processInstanceKey, name, value));
    }
  }

  /// Sets each variable in the nearest scope that has it, from this one outwards, else in the
  /// process instance.
  ///
  /// Zeebe's rule, which clients can observe: where the nearest scope has the same value already,
  /// the search goes on outwards as if it were not there.
  public static void merge(long fromScopeKey, JsonObject variables, Turn turn) {
    for (int i = 0; i < variables.size(); i++)
      merge(fromScopeKey, variables.name(i), variables.value(i), turn);
  }

  private static void merge(long fromScopeKey, String name, byte[] value, Turn turn) {
    long scopeKey = fromScopeKey;
    while (true) {
      ElementInstance instance = turn.state().elements().get(scopeKey);
      if (instance.scopeKey() == 0) {
        setLocal(scopeKey, scopeKey, name, value, turn);
        return;
      }
      VariableScope scope = turn.state().variables().get(scopeKey);
      int at = scope == null ? -1 : scope.indexOf(name);
      if (at >= 0 && !Arrays.equals(scope.value(at), value)) {
        turn.append(
            new VariableUpdated(
                scope.key(at), scopeKey, instance.processInstanceKey(), name, value));
        return;
      }
      scopeKey = instance.scopeKey();
    }
  }

  /// What is visible in a scope: its own variables and those around it that they do not hide.
  ///
  /// @param names the only ones wanted; empty for all
  public static JsonObject visible(long scopeKey, List<String> names, Turn turn) {
    var foundNames = new ArrayList<String>();
    var foundValues = new ArrayList<byte[]>();
    // One scope with variables is the usual case, and then nothing can be hidden.
    HashSet<String> seen = null;
    for (long key = scopeKey; key != 0; key = turn.state().elements().get(key).scopeKey()) {
      VariableScope scope = turn.state().variables().get(key);
      if (scope == null) continue;
      if (seen == null && !foundNames.isEmpty()) seen = new HashSet<>(foundNames);
      for (int i = 0; i < scope.size(); i++) {
        String name = scope.name(i);
        if (!names.isEmpty() && !names.contains(name)) continue;
        if (seen != null && !seen.add(name)) continue;
        foundNames.add(name);
        foundValues.add(scope.value(i));
      }
    }
    return foundNames.isEmpty() ? JsonObject.empty() : JsonObject.of(foundNames, foundValues);
  }

  /// The variables of this scope alone.
  ///
  /// @param names the only ones wanted; empty for all
  public static JsonObject local(long scopeKey, List<String> names, Turn turn) {
    VariableScope scope = turn.state().variables().get(scopeKey);
    if (scope == null) return JsonObject.empty();
    var foundNames = new ArrayList<String>(scope.size());
    var foundValues = new ArrayList<byte[]>(scope.size());
    for (int i = 0; i < scope.size(); i++) {
      if (!names.isEmpty() && !names.contains(scope.name(i))) continue;
      foundNames.add(scope.name(i));
      foundValues.add(scope.value(i));
    }
    return JsonObject.of(foundNames, foundValues);
  }
}
