package io.skep.domain.engine.variable;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.domain.engine.variable.VariableEvent.*;
import io.skep.domain.json.JsonObject;
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
    for (int i = 0; i < variables.size(); i++)
      setLocal(scopeKey, processInstanceKey, variables, i, turn);
  }

  private static void setLocal(
      long scopeKey, long processInstanceKey, JsonObject variables, int member, Turn turn) {
    VariableScope scope = turn.state().variables().get(scopeKey);
    int at = scope == null ? -1 : scope.indexOf(variables.name(member));
    if (at < 0) {
      turn.append(
          new VariableCreated(turn.nextKey(), scopeKey, processInstanceKey, variables, member));
    } else if (!scope.hasValue(at, variables, member)) {
      turn.append(
          new VariableUpdated(scope.key(at), scopeKey, processInstanceKey, variables, member));
    }
  }

  /// Sets each variable in the nearest scope that has it, from this one outwards, else in the
  /// process instance.
  ///
  /// Zeebe's rule, which clients can observe: where the nearest scope has the same value already,
  /// the search goes on outwards as if it were not there.
  public static void merge(long fromScopeKey, JsonObject variables, Turn turn) {
    for (int i = 0; i < variables.size(); i++) merge(fromScopeKey, variables, i, turn);
  }

  private static void merge(long fromScopeKey, JsonObject variables, int member, Turn turn) {
    String name = variables.name(member);
    long scopeKey = fromScopeKey;
    while (true) {
      ElementInstance instance = turn.state().elements().get(scopeKey);
      if (instance.scopeKey() == 0) {
        setLocal(scopeKey, scopeKey, variables, member, turn);
        return;
      }
      VariableScope scope = turn.state().variables().get(scopeKey);
      int at = scope == null ? -1 : scope.indexOf(name);
      if (at >= 0 && !scope.hasValue(at, variables, member)) {
        turn.append(
            new VariableUpdated(
                scope.key(at), scopeKey, instance.processInstanceKey(), variables, member));
        return;
      }
      scopeKey = instance.scopeKey();
    }
  }

  /// What is visible in a scope: its own variables and those around it that they do not hide.
  ///
  /// @param names the only ones wanted; empty for all
  public static JsonObject visible(long scopeKey, List<String> names, Turn turn) {
    VariableScope only = null;
    for (long key = scopeKey; key != 0; key = turn.state().elements().get(key).scopeKey()) {
      VariableScope scope = turn.state().variables().get(key);
      if (scope == null) continue;
      if (only != null) return overlaid(scopeKey, names, turn);
      only = scope;
    }
    return members(only, names);
  }

  private static JsonObject overlaid(long scopeKey, List<String> names, Turn turn) {
    var object = new JsonObject.Builder();
    var seen = new HashSet<String>();
    for (long key = scopeKey; key != 0; key = turn.state().elements().get(key).scopeKey()) {
      VariableScope scope = turn.state().variables().get(key);
      int size = scope == null ? 0 : scope.size();
      for (int i = 0; i < size; i++) {
        if (isWanted(scope.name(i), names) && seen.add(scope.name(i))) scope.appendTo(object, i);
      }
    }
    return object.build();
  }

  /// The variables of this scope alone.
  ///
  /// @param names the only ones wanted; empty for all
  public static JsonObject local(long scopeKey, List<String> names, Turn turn) {
    return members(turn.state().variables().get(scopeKey), names);
  }

  /// @param scope `null` if there are no variables
  private static JsonObject members(VariableScope scope, List<String> names) {
    if (scope == null) return JsonObject.empty();
    if (names.isEmpty() && scope.document() != null) return scope.document();
    var object = new JsonObject.Builder();
    for (int i = 0; i < scope.size(); i++)
      if (isWanted(scope.name(i), names)) scope.appendTo(object, i);
    return object.build();
  }

  private static boolean isWanted(String name, List<String> names) {
    return names.isEmpty() || names.contains(name);
  }
}
