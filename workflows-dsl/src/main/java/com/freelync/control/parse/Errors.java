package com.freelync.control.parse;

import com.freelync.control.automation.DefinitionError;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it is said at once; at most a hundred. */
final class Errors {
  private static final int MOST = 100;

  private final List<DefinitionError> errors = new ArrayList<>();

  void add(String path, String code, String message) {
    if (errors.size() < MOST) {
      errors.add(new DefinitionError(path, code, message));
    }
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  List<DefinitionError> all() {
    return List.copyOf(errors);
  }
}
