package com.freelync.control.api.table;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a table.
 *
 * @param name of its file, without ending
 * @param columns their names
 * @param rows texts, numbers, truths, or null, in the order of the columns
 * @param facts what else is to be known, such as where it comes from; headers of the answer
 */
public record Table(
    String name,
    List<String> columns,
    List<List<@Nullable Object>> rows,
    Map<String, String> facts) {
  /** RFC 4180. */
  public static final String CSV = "text/csv";

  /** A workbook of Office Open XML. */
  public static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final List<Variant> VARIANTS =
      Variant.mediaTypes(
              MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(CSV), MediaType.valueOf(XLSX))
          .build();

  public Table {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(rows);
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** Answers as JSON or as a table, whichever is accepted rather. */
  public static Response answer(Request request, Supplier<?> json, Supplier<Table> table) {
    Variant wanted = request.selectVariant(VARIANTS);
    if (!isTable(wanted)) {
      return Response.ok(json.get(), MediaType.APPLICATION_JSON_TYPE)
          .header("Vary", "Accept")
          .build();
    }
    Table made = table.get();
    String ending = wanted.getMediaType().toString().equals(CSV) ? "csv" : "xlsx";
    Response.ResponseBuilder answer =
        Response.ok(made, wanted.getMediaType())
            .header("Vary", "Accept")
            .header(
                "Content-Disposition",
                "attachment; filename=\"" + made.name() + "." + ending + "\"");
    made.facts().forEach(answer::header);
    return answer.build();
  }

  /** Whether a table is accepted rather than JSON. */
  private static boolean isTable(@Nullable Variant wanted) {
    return wanted != null && !wanted.getMediaType().isCompatible(MediaType.APPLICATION_JSON_TYPE);
  }
}
