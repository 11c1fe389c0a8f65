package com.freelync.control.api.table;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables row by row. A text that a spreadsheet would take for a formula (it begins with
 * {@code = + - @}, a tab or a line break) gets an apostrophe before it in CSV, as OWASP advises; a
 * workbook says of each cell whether it is a text.
 */
public final class TableWriter implements MessageBodyWriter<Table> {
  private static final String FORMULA = "=+-@\t\r\n";

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
    return type == Table.class;
  }

  @Override
  public void writeTo(
      Table table,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    if (mediaType.toString().startsWith(Table.CSV)) {
      csv(table, out);
    } else {
      workbook(table, out);
    }
  }

  private static void csv(Table table, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180);
    printer.printRecord(table.columns());
    for (List<@Nullable Object> row : table.rows()) {
      List<@Nullable Object> cells = new ArrayList<>(row.size());
      row.forEach(cell -> cells.add(safe(cell)));
      printer.printRecord(cells);
    }
    printer.flush();
  }

  private static @Nullable Object safe(@Nullable Object cell) {
    if (cell instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (cell instanceof String text && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
      return "'" + text;
    }
    return cell;
  }

  private static void workbook(Table table, OutputStream out) throws IOException {
    // Not closed: the stream belongs to the server.
    Workbook workbook = new Workbook(out, "FreeLync control center", "1.0");
    Worksheet sheet = workbook.newWorksheet(table.name());
    for (int column = 0; column < table.columns().size(); column++) {
      sheet.value(0, column, table.columns().get(column));
      sheet.style(0, column).bold().set();
    }
    sheet.freezePane(0, 1);
    for (int row = 0; row < table.rows().size(); row++) {
      List<@Nullable Object> cells = table.rows().get(row);
      for (int column = 0; column < cells.size(); column++) {
        put(sheet, row + 1, column, cells.get(column));
      }
    }
    Worksheet facts = workbook.newWorksheet("about");
    int row = 0;
    for (Map.Entry<String, String> fact : table.facts().entrySet()) {
      facts.value(row, 0, fact.getKey());
      facts.value(row++, 1, fact.getValue());
    }
    workbook.finish();
  }

  private static void put(Worksheet sheet, int row, int column, @Nullable Object cell) {
    if (cell instanceof Number number) {
      sheet.value(row, column, number);
      if (number instanceof BigDecimal exact && exact.scale() > 0) {
        sheet.style(row, column).format("0." + "0".repeat(exact.scale())).set();
      }
    } else if (cell instanceof Boolean truth) {
      sheet.value(row, column, truth);
    } else if (cell != null) {
      sheet.value(row, column, cell.toString());
    }
  }
}
