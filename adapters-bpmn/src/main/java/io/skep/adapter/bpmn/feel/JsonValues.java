package io.skep.adapter.bpmn.feel;

import io.skep.domain.json.JsonReader;
import java.util.Arrays;
import org.camunda.feel.impl.DefaultValueMapper;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.syntaxtree.ValContext;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValNull$;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.camunda.feel.valuemapper.ValueMapper;
import scala.collection.immutable.Vector;
import scala.collection.immutable.VectorBuilder;
import scala.math.BigDecimal;
import scala.math.BigDecimal$;

/// Makes FEEL values of JSON text. Lists are read at once, the members of objects when an
/// expression asks for them.
final class JsonValues implements ValueMapper {
  private static final int SURELY_LONG = 18;

  /// Results stay FEEL values: [ValueWriter] makes text of them without a detour over Java
  /// collections.
  @Override
  public Object unpackVal(Val value) {
    return value;
  }

  @Override
  public Val toVal(Object value) {
    return switch (value) {
      case Val known -> known;
      case JsonText text -> read(text.json());
      // What built-in functions give back: Scala's collections of values.
      case null, default -> DefaultValueMapper.instance().toVal(value, this::toVal).get();
    };
  }

  /// @param json canonical text
  static Val read(byte[] json) {
    return json[0] == '{' ? context(json) : read(new JsonReader(json), json);
  }

  private static Val read(JsonReader reader, byte[] json) {
    return switch (reader.peek()) {
      case '{' -> {
        int start = reader.position();
        reader.skip();
        yield context(Arrays.copyOfRange(json, start, reader.position()));
      }
      case '[' -> list(reader, json);
      case '"' -> new ValString(reader.string());
      case 't' -> word(reader, new ValBoolean(true));
      case 'f' -> word(reader, new ValBoolean(false));
      case 'n' -> word(reader, ValNull$.MODULE$);
      default -> new ValNumber(number(reader.number()));
    };
  }

  private static Val context(byte[] json) {
    return new ValContext(new JsonMembers(json));
  }

  private static Val list(JsonReader reader, byte[] json) {
    var items = new VectorBuilder<Val>();
    reader.enter();
    while (reader.next()) items.addOne(read(reader, json));
    Vector<Val> vector = items.result();
    return new ValList(vector);
  }

  private static Val word(JsonReader reader, Val value) {
    reader.skip();
    return value;
  }

  private static BigDecimal number(String text) {
    boolean whole = text.length() <= SURELY_LONG && text.indexOf('.') < 0;
    return whole
        ? BigDecimal$.MODULE$.apply(Long.parseLong(text))
        : BigDecimal$.MODULE$.exact(text);
  }
}
