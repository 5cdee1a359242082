package io.skep.adapter.export;

import java.util.function.Consumer;

/// How a record is called, and what it says.
record Vocabulary(String valueType, String intent, Consumer<JsonLine> value) {}
