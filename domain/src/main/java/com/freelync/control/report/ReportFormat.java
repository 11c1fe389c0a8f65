package com.freelync.control.report;

import java.util.Locale;

/** What a report is written as. */
public enum ReportFormat {
  CSV("text/csv; charset=utf-8"),
  HTML("text/html; charset=utf-8"),
  PDF("application/pdf");

  private final String contentType;

  ReportFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The media type of such a file. */
  public String contentType() {
    return contentType;
  }

  /** The ending of such a file's name. */
  public String ending() {
    return name().toLowerCase(Locale.ROOT);
  }
}
