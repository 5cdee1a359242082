package io.skep.adapter.bpmn.feel;

import io.skep.domain.json.JsonObject;
import org.camunda.feel.context.Context;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.context.VariableProvider;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterable;
import scala.collection.immutable.List;
import scala.collection.immutable.Map;
import scala.collection.immutable.TreeSeqMap;
import scala.collection.mutable.ListBuffer;

/// A JSON object as FEEL sees it: a context whose entries are read when they are asked for.
final class JsonMembers implements Context, VariableProvider {
  private final byte[] json;

  /// Split when the first entry is asked for: many objects are only passed on.
  private JsonObject object;

  JsonMembers(byte[] json) {
    this.json = json;
  }

  /// The whole object. Not to be written to.
  byte[] json() {
    return json;
  }

  private JsonObject object() {
    if (object == null) object = JsonObject.ofCanonical(json);
    return object;
  }

  @Override
  public VariableProvider variableProvider() {
    return this;
  }

  @Override
  public FunctionProvider functionProvider() {
    return FunctionProvider.EmptyFunctionProvider$.MODULE$;
  }

  @Override
  public Option<Object> getVariable(String name) {
    int i = object().indexOf(name);
    return i < 0 ? Option.empty() : Option.apply(new JsonText(object().value(i)));
  }

  /// A list, for FEEL tells an empty one from others by its class.
  @Override
  public Iterable<String> keys() {
    var names = new ListBuffer<String>();
    for (int i = 0; i < object().size(); i++) names.addOne(object().name(i));
    List<String> list = names.toList();
    return list;
  }

  /// In the order of the object, which functions that add entries keep.
  @Override
  public Map<String, Object> getVariables() {
    var variables = TreeSeqMap.<String, Object>newBuilder();
    for (int i = 0; i < object().size(); i++) {
      variables.addOne(new Tuple2<>(object().name(i), new JsonText(object().value(i))));
    }
    return variables.result();
  }
}
