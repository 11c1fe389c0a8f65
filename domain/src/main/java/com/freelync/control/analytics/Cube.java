package com.freelync.control.analytics;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A family of rollups with the same dimensions (migration V12). */
enum Cube {
  /** What is counted by a listing's category and region. */
  MARKET(List.of(Dimension.CATEGORY, Dimension.REGION)),
  /** What is counted by a user's region and type. */
  PEOPLE(List.of(Dimension.REGION, Dimension.USER_TYPE)),
  /** Who transacted: sets of users, which do not add up. */
  ACTIVITY(List.of(Dimension.CATEGORY, Dimension.REGION, Dimension.USER_TYPE));

  private final List<Dimension> dimensions;

  Cube(List<Dimension> dimensions) {
    this.dimensions = dimensions;
  }

  List<Dimension> dimensions() {
    return dimensions;
  }

  /** What it sums. */
  Set<Measure> measures() {
    Set<Measure> measures = EnumSet.allOf(Measure.class);
    measures.removeIf(measure -> measure.cube() != this);
    return measures;
  }

  /** The cube of this name. */
  static Cube named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  String table() {
    return name().toLowerCase(Locale.ROOT);
  }
}
