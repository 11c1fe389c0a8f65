package com.freelync.control.analytics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells of a cube over a whole time, read once; coarser parts are added up of them.
 *
 * @param sums by the values of all the cube's dimensions
 */
record Cells(Cube cube, Map<Part, Map<Measure, Long>> sums) {
  /** What stands in the place of a user's type for who is both. */
  private static final String BOTH = "both";

  /** The sums broken down so; who is both counts in both types, and once where not asked. */
  Map<Part, Map<Measure, Long>> by(List<Dimension> groupBy) {
    Map<Part, Map<Measure, Long>> parts = new HashMap<>();
    sums.forEach(
        (cell, measures) ->
            groups(cell, groupBy)
                .forEach(
                    group -> {
                      Map<Measure, Long> part =
                          parts.computeIfAbsent(
                              new Part(null, group), p -> new EnumMap<>(Measure.class));
                      measures.forEach((measure, value) -> part.merge(measure, value, Long::sum));
                    }));
    return parts;
  }

  private List<List<String>> groups(Part cell, List<Dimension> groupBy) {
    List<List<String>> groups = new ArrayList<>(List.of(List.of()));
    for (Dimension dimension : groupBy) {
      String value = cell.group().get(cube.dimensions().indexOf(dimension));
      List<String> values =
          dimension == Dimension.USER_TYPE && value.equals(BOTH)
              ? dimension.knownValues()
              : List.of(value);
      List<List<String>> longer = new ArrayList<>();
      for (List<String> group : groups) {
        for (String one : values) {
          List<String> more = new ArrayList<>(group);
          more.add(one);
          longer.add(more);
        }
      }
      groups = longer;
    }
    return groups;
  }
}
