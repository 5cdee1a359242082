package io.skep.adapter.bpmn.feel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.adapter.bpmn.feel.QuickComparison.Operator;
import io.skep.domain.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Recognizes expressions that need no FEEL library: the subset of FEEL for which there is a
/// [QuickFeel].
final class QuickGrammar {
  /// Words that mean something else in at least one place of FEEL's grammar.
  private static final Set<String> RESERVED =
      Set.of(
          "null",
          "true",
          "false",
          "function",
          "external",
          "in",
          "return",
          "then",
          "else",
          "satisfies",
          "and",
          "or",
          "not",
          "if",
          "for",
          "some",
          "every",
          "between",
          "instance",
          "of");

  private static final int MAX_DIGITS = 18;

  private final String text;
  private int at;

  private QuickGrammar(String text) {
    this.text = text;
  }

  /// `null` if it is none of them, which does not mean that it is no FEEL.
  static QuickFeel parse(String text) {
    return new QuickGrammar(text).parse();
  }

  private QuickFeel parse() {
    skipSpace();
    int start = at;
    var names = names();
    if (names == null) return null;
    var path = new QuickPath(text.substring(start, at), names);
    skipSpace();
    if (at == text.length()) return new QuickPath(text, names);
    var operator = operator();
    if (operator == null) return null;
    skipSpace();
    byte[] constant = constant();
    skipSpace();
    return constant == null || at < text.length()
        ? null
        : new QuickComparison(text, path, operator, constant);
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    do {
      if (!names.isEmpty()) at++;
      int start = at;
      while (at < text.length() && isPartOfName(text.charAt(at), at > start)) at++;
      var name = text.substring(start, at);
      if (name.isEmpty() || RESERVED.contains(name)) return null;
      names.add(name);
    } while (at < text.length() && text.charAt(at) == '.');
    return names;
  }

  private static boolean isPartOfName(char c, boolean inner) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || inner && isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Operator operator() {
    if (skip("<=")) return Operator.LESS_OR_EQUAL;
    if (skip(">=")) return Operator.GREATER_OR_EQUAL;
    if (skip("!=")) return Operator.NOT_EQUAL;
    if (skip("=")) return Operator.EQUAL;
    if (skip("<")) return Operator.LESS;
    return skip(">") ? Operator.GREATER : null;
  }

  private byte[] constant() {
    if (at == text.length()) return null;
    if (text.charAt(at) == '"') return string();
    for (var word : new String[] {"true", "false"}) if (skip(word)) return word.getBytes(UTF_8);
    return integer();
  }

  private byte[] string() {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at++) == '\\') return null;
    }
    return at == text.length() ? null : Json.quote(text.substring(start, at++));
  }

  private byte[] integer() {
    boolean negative = skip("-");
    int start = at;
    while (at < text.length() && isDigit(text.charAt(at))) at++;
    if (at == start || at - start > MAX_DIGITS) return null;
    long value = Long.parseLong(text, start, at, 10);
    return Long.toString(negative ? -value : value).getBytes(UTF_8);
  }

  private boolean skip(String token) {
    if (!text.startsWith(token, at)) return false;
    at += token.length();
    return true;
  }

  private void skipSpace() {
    while (at < text.length()
        && (text.charAt(at) == ' ' || text.charAt(at) == '\n' || text.charAt(at) == '\t')) at++;
  }
}
