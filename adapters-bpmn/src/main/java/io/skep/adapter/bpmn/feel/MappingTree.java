package io.skep.adapter.bpmn.feel;

import io.skep.domain.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.feel.syntaxtree.ConstContext;
import org.camunda.feel.syntaxtree.ConstString;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.FunctionInvocation;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.PositionalFunctionParameters;
import org.camunda.feel.syntaxtree.Ref;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/// The targets of an element's mappings by name, those within a variable below it. Becomes one
/// context expression, in which later entries see earlier ones.
///
/// Mappings into the same variable come together at the place of its first one. A target that comes
/// twice, or that is both a variable and a path into it, is what the last mapping makes of it.
final class MappingTree {
  private sealed interface Entry {}

  private record Leaf(ParsedExpression source) implements Entry {}

  private record Branch(MappingTree entries) implements Entry {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  static MappingTree of(List<Mapping> mappings) {
    var tree = new MappingTree();
    for (var mapping : mappings) tree.put(mapping.path(), source(mapping));
    return tree;
  }

  private static ParsedExpression source(Mapping mapping) {
    if (mapping.source() instanceof ParsedFeel feel) return feel.syntax();
    var text = mapping.source().text();
    var quoted = new StringBuilder();
    Json.appendQuoted(quoted, text);
    return new ParsedExpression(new ConstString(text), quoted.toString());
  }

  private void put(List<String> path, ParsedExpression source) {
    var name = path.getFirst();
    if (path.size() == 1) {
      entries.put(name, new Leaf(source));
      return;
    }
    var branch = entries.get(name) instanceof Branch known ? known : new Branch(new MappingTree());
    entries.put(name, branch);
    branch.entries.put(path.subList(1, path.size()), source);
  }

  /// Builds variables anew.
  ParsedExpression overwriting() {
    return new ParsedExpression(context(null), text());
  }

  /// Puts what goes within a variable into the context that is there.
  ParsedExpression merging() {
    return new ParsedExpression(context(List.of()), text());
  }

  /// @param path names down to here, or `null` to overwrite
  private Exp context(List<String> path) {
    var members = new ArrayList<Tuple2<String, Exp>>();
    entries.forEach(
        (name, entry) -> members.add(new Tuple2<>(name, expression(name, entry, path))));
    return new ConstContext(list(members));
  }

  private static Exp expression(String name, Entry entry, List<String> path) {
    return switch (entry) {
      case Leaf(var source) -> source.expression();
      case Branch(var below) -> {
        if (path == null) yield below.context(null);
        var here = new ArrayList<>(path);
        here.add(name);
        List<Exp> arguments = List.of(new Ref(list(here)), below.context(here));
        yield new FunctionInvocation(
            EngineFunctions.MERGE, new PositionalFunctionParameters(list(arguments)));
      }
    };
  }

  /// For incidents: what a person would have written.
  private String text() {
    var text = new StringBuilder("{");
    entries.forEach(
        (name, entry) -> {
          if (text.length() > 1) text.append(", ");
          text.append(name).append(": ");
          text.append(
              entry instanceof Leaf(var source) ? source.text() : ((Branch) entry).entries.text());
        });
    return text.append('}').toString();
  }

  private static <T> scala.collection.immutable.List<T> list(List<T> items) {
    return CollectionConverters.asScala(items).toList();
  }
}
