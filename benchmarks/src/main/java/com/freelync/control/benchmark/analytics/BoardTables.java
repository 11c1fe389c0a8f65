package com.freelync.control.benchmark.analytics;

import java.time.LocalDateTime;

/** Where the dashboard's rows are. */
enum BoardTables implements Board.Tables {
  /** The source in PostgreSQL, by the views that say what counts. */
  SOURCE {
    @Override
    public String rows(String fact, LocalDateTime from, LocalDateTime to) {
      return view("source_" + fact, from, to);
    }

    @Override
    public String deals(LocalDateTime from, LocalDateTime to) {
      return view("activity_source", from, to)
          .replace(" *", " *, buyer_id AS buyer, seller_id AS seller");
    }

    private String view(String view, LocalDateTime from, LocalDateTime to) {
      return "(SELECT *, control.business_time(at) AS moment FROM control.%s WHERE at >= TIMESTAMP '%s' AT TIME ZONE 'Africa/Addis_Ababa' AND at < TIMESTAMP '%s' AT TIME ZONE 'Africa/Addis_Ababa') t"
          .formatted(view, from, to);
    }
  },
  /** The same rows in DuckDB. */
  DUCK_ROWS {
    @Override
    public String rows(String fact, LocalDateTime from, LocalDateTime to) {
      return between("source_" + fact, "moment", from, to);
    }

    @Override
    public String deals(LocalDateTime from, LocalDateTime to) {
      return between("tx", "moment", from, to);
    }
  },
  /** The rollup by days in DuckDB, and the rows where users are told apart. */
  DUCK_ROLLUP {
    @Override
    public String rows(String fact, LocalDateTime from, LocalDateTime to) {
      String table =
          fact.equals("registered") || fact.equals("verified") ? "people_day" : "market_day";
      return between(table, "bucket", from, to).replace(" *", " *, bucket AS moment");
    }

    @Override
    public String deals(LocalDateTime from, LocalDateTime to) {
      return between("tx", "moment", from, to);
    }
  };

  private static String between(String table, String column, LocalDateTime from, LocalDateTime to) {
    return "(SELECT * FROM %1$s WHERE %2$s >= TIMESTAMP '%3$s' AND %2$s < TIMESTAMP '%4$s') t"
        .formatted(table, column, from, to);
  }
}
