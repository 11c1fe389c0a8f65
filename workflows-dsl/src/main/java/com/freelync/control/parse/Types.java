package com.freelync.control.parse;

import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.condition.Values;
import java.util.List;

/** Which values are of which type. */
final class Types {
  private Types() {}

  static boolean fits(Object value, FactType type) {
    return switch (type) {
      case NUMBER -> value instanceof Number;
      case TEXT -> value instanceof String;
      case BOOLEAN -> value instanceof Boolean;
      case TIME -> value instanceof String text && Values.instant(text).isPresent();
      case LIST -> value instanceof List;
      case ANY -> true;
    };
  }

  /** Whether what is of one type may stand where another is needed: a time is written as a text. */
  static boolean fits(FactType given, FactType needed) {
    return switch (needed) {
      case ANY -> true;
      case TEXT, TIME ->
          given != FactType.BOOLEAN && given != FactType.NUMBER && given != FactType.LIST;
      case NUMBER, BOOLEAN, LIST -> given == needed || given == FactType.ANY;
    };
  }

  static String kind(FactType type) {
    return switch (type) {
      case NUMBER -> "a number";
      case TEXT -> "a text";
      case BOOLEAN -> "true/false";
      case TIME -> "a time";
      case LIST -> "a list";
      case ANY -> "a value";
    };
  }
}
